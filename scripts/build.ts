import path from 'node:path'
import { formatMessages, type BuildFailure } from 'esbuild'
import { bundleFunction, functionNames } from '../project/functions'
import { openProject } from '../project/project'
import { copyConfiguration } from './checks/configuration/shared-configuration'
import { explain, takesNoOptions } from './command-line/options'

/** `npm run build`: builds every cloud function into its index.js, which DevTools uploads. */
async function main(): Promise<void> {
  takesNoOptions('npm run build', process.argv.slice(2))
  const project = openProject(process.cwd())
  for (const name of functionNames(project.cloudfunctionRoot)) {
    await bundleFunction(project, name, path.join(project.cloudfunctionRoot, name, 'index.js'))
    console.log(`built cloudfunctions/${name}/index.js`)
  }
  copyConfiguration(project.root, process.env)
}

main().catch(async (error: unknown) => {
  const { errors = [] } = error as Partial<BuildFailure>
  const messages = await formatMessages(errors, { kind: 'error' })
  console.error(messages.join('') || explain(error))
  process.exitCode = 1
})
