import path from 'node:path'
import { formatMessages, type BuildFailure } from 'esbuild'
import { projectRoot } from '../simulator/project'
import { bundleFunction, functionNames } from '../simulator/bundle-function'
import { copyConfiguration } from './build/shared-configuration'
import { explain, takesNoOptions } from './options'

/** Builds every cloud function into cloudfunctions/<name>/index.js, which is what DevTools uploads. */
async function main(): Promise<void> {
  takesNoOptions('npm run build', process.argv.slice(2))
  for (const name of functionNames()) {
    await bundleFunction(name, path.join(projectRoot, 'cloudfunctions', name, 'index.js'))
    console.log(`built cloudfunctions/${name}/index.js`)
  }
  copyConfiguration(projectRoot, process.env)
}

main().catch(async (error: unknown) => {
  const { errors = [] } = error as Partial<BuildFailure>
  const messages = await formatMessages(errors, { kind: 'error' })
  console.error(messages.join('') || explain(error))
  process.exitCode = 1
})
