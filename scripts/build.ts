import path from 'node:path'
import { formatMessages, type BuildFailure } from 'esbuild'
import { bundleFunction, functionNames } from '../project/functions'
import { openProject } from '../project/project'
import { copyConfiguration } from './checks/configuration/shared-configuration'
import { CommandError, runCommand } from './command-line/command'

const BUILD = {
  command: 'npm run build',
  purpose: 'Builds every cloud function into its index.js, which DevTools uploads.',
  options: {},
}

async function build(): Promise<void> {
  const project = openProject(process.cwd())
  for (const name of functionNames(project.cloudfunctionRoot)) {
    await bundleFunction(project, name, path.join(project.cloudfunctionRoot, name, 'index.js'))
    console.log(`built cloudfunctions/${name}/index.js`)
  }
  copyConfiguration(project.root, process.env)
}

runCommand(BUILD, () => build().catch(explainBuild))

/** Rethrows an error; one of esbuild's with the lines of the sources. */
async function explainBuild(error: unknown): Promise<never> {
  const { errors = [] } = error as Partial<BuildFailure>
  if (errors.length === 0) throw error
  throw new CommandError((await formatMessages(errors, { kind: 'error' })).join(''))
}
