import { cpSync, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { formatMessages, type BuildFailure } from 'esbuild'
import { projectRoot } from '../simulator/project'
import { bundleFunction, functionNames } from '../simulator/bundle-function'

const folderOf = (name: string) => path.join(projectRoot, 'cloudfunctions', name)

/**
 * The entries that share `pay`'s code share its configuration: the deployer writes it once, the
 * build copies it beside them.
 */
function copyConfiguration(name: string): void {
  const config = path.join(folderOf(name), 'config')
  if (existsSync(path.join(config, 'example.js'))) return
  const source = path.join(folderOf('pay'), 'config')
  for (const file of readdirSync(source).filter((entry) => entry !== 'example.js')) {
    cpSync(path.join(source, file), path.join(config, file), { recursive: true })
  }
}

/** Builds every cloud function into cloudfunctions/<name>/index.js, which is what DevTools uploads. */
async function main(): Promise<void> {
  for (const name of functionNames()) {
    await bundleFunction(name, path.join(folderOf(name), 'index.js'))
    copyConfiguration(name)
    console.log(`built cloudfunctions/${name}/index.js`)
  }
}

main().catch(async (error: unknown) => {
  const { errors = [] } = error as Partial<BuildFailure>
  const messages = await formatMessages(errors, { kind: 'error' })
  console.error(messages.join('') || error)
  process.exitCode = 1
})
