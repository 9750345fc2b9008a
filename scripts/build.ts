import { formatMessages, type BuildFailure } from 'esbuild'
import { functionNames } from '../project/functions'
import { openProject } from '../project/project'
import { buildFunction } from './build/build-function'
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
    const { build, bytes, packages } = await buildFunction(project, name)
    const size = `${Math.ceil(bytes / 1000)} kB, ${packages.length} packages`
    console.log(`built cloudfunctions/${name}/index.js: ${build}, ${size}`)
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
