import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundleFunction, functionNames } from './bundle-function'
import type { FunctionConfig, Trigger } from './cloudbase'
import { esbuildMessages } from './phone/build/esbuild-messages'
import type { Diagnostic } from './phone/protocol'
import { projectRoot } from './project'

/** The project's cloud functions, always the sources as they are now, in a temporary folder. */
export interface Deployment {
  /** as they are to be deployed at the start */
  configs: Record<string, FunctionConfig>
  /** what does not compile at present */
  errors: () => Diagnostic[]
  /**
   * Bundles anew what was made from any of the changed source files.
   * @returns the new file of each function that compiles
   */
  rebuild(changed: readonly string[]): Promise<Map<string, string>>
  /** Removes the temporary folder. */
  remove(): void
}

/** @param env what every function finds in its environment */
export async function deployFunctions(env: Record<string, string>): Promise<Deployment> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wechat-pay-shop-'))
  const sources = new Map<string, readonly string[]>()
  const errors = new Map<string, Diagnostic[]>()
  let builds = 0

  /** A file of its own for every build: calls that run still have the last one. */
  const bundle = async (name: string): Promise<string> => {
    const file = path.join(folder, `${name}-${++builds}`, 'index.js')
    try {
      sources.set(name, await bundleFunction(name, file))
      errors.delete(name)
    } catch (error) {
      errors.set(
        name,
        esbuildMessages(error).map(({ file, place, text }) => ({ file, ...place, text })),
      )
    }
    return file
  }

  const names = functionNames()
  const files = await Promise.all(names.map(bundle))
  const configs = names.map((name, index) => {
    return [name, { file: files[index]!, env, ...settingsOf(name) }] as const
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

/** Time limit (cloudbaserc.json), open API permissions and triggers (config.json) of a function. */
function settingsOf(name: string): Pick<FunctionConfig, 'timeoutMs' | 'openapi' | 'triggers'> {
  const { functions } = readJson<{ functions: { name: string; timeout: number }[] }>(
    'cloudbaserc.json',
  )
  const { permissions, triggers } = readConfig(name)
  // 3 s is what the platform gives a function that nobody configured.
  const seconds = functions.find((entry) => entry.name === name)?.timeout ?? 3
  return {
    timeoutMs: seconds * 1000,
    openapi: permissions?.openapi ?? [],
    ...(triggers !== undefined && { triggers }),
  }
}

interface ConfigFile {
  permissions?: { openapi?: string[] }
  triggers?: Trigger[]
}

/** config.json of a function, which need not have one. */
function readConfig(name: string): ConfigFile {
  const file = path.join('cloudfunctions', name, 'config.json')
  return existsSync(path.join(projectRoot, file)) ? readJson<ConfigFile>(file) : {}
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as T
}
