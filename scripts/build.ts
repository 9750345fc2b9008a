import path from 'node:path'
import { formatMessages, type BuildFailure } from 'esbuild'
import { openProject } from '../project/project'
import { bundleFunction, functionNames } from '../project/functions'
import { copyConfiguration } from './build/shared-configuration'
import { explain, takesNoOptions } from './options'

/** Builds every cloud function into cloudfunctions/<name>/index.js, which is what DevTools uploads. */
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
