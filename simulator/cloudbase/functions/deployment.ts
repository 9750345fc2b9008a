import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BuildError, buildErrors } from '../../../project/build-errors'
import { bundleFunction, functionNames, readFunctionSettings } from '../../../project/functions'
import type { Project } from '../../../project/project'
import type { FunctionConfig } from './host'

/** A project's cloud functions, bundled from their current sources into a temporary folder. */
export interface Deployment {
  /** what the function host starts with */
  configs: Record<string, FunctionConfig>
  /** what does not compile now */
  errors: () => BuildError[]
  /**
   * Bundles every function again that was built from one of the changed files.
   * @param changed absolute paths
   * @returns the new file of each function that compiles
   */
  rebuild(changed: readonly string[]): Promise<Map<string, string>>
  /** Deletes the temporary folder. */
  remove(): void
}

/** @param env environment variables of every function */
export async function deployFunctions(
  project: Project,
  env: Record<string, string>,
): Promise<Deployment> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wechat-pay-shop-'))
  const sources = new Map<string, readonly string[]>()
  const errors = new Map<string, BuildError[]>()
  let builds = 0

  /** Every build has a file of its own: running calls keep the one they started with. */
  const bundle = async (name: string): Promise<string> => {
    const file = path.join(folder, `${name}-${++builds}`, 'index.js')
    try {
      sources.set(name, await bundleFunction(project, name, file, true))
      errors.delete(name)
    } catch (error) {
      errors.set(name, buildErrors(error))
    }
    return file
  }

  const names = functionNames(project.cloudfunctionRoot)
  const files = await Promise.all(names.map(bundle))
  const configs = names.map((name, index) => {
    return [name, { file: files[index]!, env, ...readFunctionSettings(project, name) }] as const
  })

  return {
    configs: Object.fromEntries(configs),
    errors: () => [...errors.values()].flat(),
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
