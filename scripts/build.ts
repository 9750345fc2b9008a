import { formatMessages, type BuildFailure } from 'esbuild'
import { functionNames } from '../project/functions'
import { openProject } from '../project/project'
import { buildFunction } from './build/build-function'
import { copyConfiguration } from './checks/configuration/shared-configuration'
import { explain, takesNoOptions } from './command-line/options'

/** `npm run build`: builds every cloud function into its index.js, which DevTools uploads. */
async function main(): Promise<void> {
  takesNoOptions('npm run build', process.argv.slice(2))
  const project = openProject(process.cwd())
  for (const name of functionNames(project.cloudfunctionRoot)) {
    const { build, bytes, packages } = await buildFunction(project, name)
    const size = `${Math.ceil(bytes / 1000)} kB, ${packages.length} packages`
    console.log(`built cloudfunctions/${name}/index.js: ${build}, ${size}`)
  }
  copyConfiguration(project.root, process.env)
}

main().catch(async (error: unknown) => {
  const { errors = [] } = error as Partial<BuildFailure>
  const messages = await formatMessages(errors, { kind: 'error' })
  console.error(messages.join('') || explain(error))
  process.exitCode = 1
})
