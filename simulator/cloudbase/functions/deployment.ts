import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BuildError, buildErrors } from '../../../project/build-errors'
import { bundleFunction, functionNames, readFunctionSettings } from '../../../project/functions'
import type { Project } from '../../../project/project'
import type { FunctionConfig } from './host'

/** A project's cloud functions, bundled from their current sources into a temporary folder. */
export interface Deployment {
  /** the functions for the function host */
  configs: Record<string, FunctionConfig>
  /** Returns the current build errors. */
  errors: () => BuildError[]
  compiles: (name: string) => boolean
  /**
   * Rebuilds every function that contains one of the changed files.
   * @param changed absolute paths
   * @returns the new file of each function that compiles
   */
  rebuild(changed: readonly string[]): Promise<Map<string, string>>
  /** Deletes the temporary folder. */
  remove(): void
}

/**
 * Bundles all functions of a project.
 * @param env environment variables of every function
 * @param given files of functions that are bundled already; they are not rebuilt
 */
export async function deployFunctions(
  project: Project,
  env: Record<string, string>,
  given: Readonly<Record<string, string>> = {},
): Promise<Deployment> {
  // Without links in its path, which stacks do not have
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'simulator-functions-')))
  const sources = new Map<string, readonly string[]>()
  const errors = new Map<string, BuildError[]>()
  let builds = 0

  /** Bundles a function into a new file: running calls keep the file that they started with. */
  const bundle = async (name: string): Promise<string> => {
    const file = path.join(folder, `${name}-${++builds}`, 'index.js')
    try {
      sources.set(name, await bundleFunction(project, name, file))
      errors.delete(name)
    } catch (error) {
      const found = buildErrors(error)
      errors.set(name, found)
      // A call of the function fails with this message instead of a missing file
      const [{ file: source, line, text } = { file: '', line: 0, text: '' }] = found
      const message = `it does not compile: ${source}:${line}: ${text}`
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, `throw new Error(${JSON.stringify(message)})\n`)
    }
    return file
  }

  const names = functionNames(project.cloudfunctionRoot)
  const files = await Promise.all(names.map(async (name) => given[name] ?? bundle(name)))
  const configs = names.map((name, index) => {
    const settings = readFunctionSettings(project, name)
    return [name, { file: files[index]!, root: project.root, env, ...settings }] as const
  })

  return {
    configs: Object.fromEntries(configs),
    // Several functions can contain the same source and so report the same error
    errors: () => [
      ...new Map([...errors.values()].flat().map((one) => [JSON.stringify(one), one])).values(),
    ],
    compiles: (name) => !errors.has(name),
    async rebuild(changed) {
      const stale = names.filter(
        (name) => errors.has(name) || sources.get(name)?.some((file) => changed.includes(file)),
      )
      const rebuilt = await Promise.all(
        stale.map(async (name) => [name, await bundle(name)] as const),
      )
      return new Map(rebuilt.filter(([name]) => !errors.has(name)))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
