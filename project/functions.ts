import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { readFunctionConfigJson, type Trigger } from './function-config'
import type { Project } from './project'
import { readJson } from './read-json'

/** Returns the names of all cloud functions: the folders in `cloudfunctionRoot`. */
export function functionNames(cloudfunctionRoot: string): string[] {
  return readdirSync(cloudfunctionRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/**
 * Bundles a cloud function and everything that it imports into one file, without its configuration,
 * which is read at run time.
 * @param project file names in errors start at its root
 * @param outfile absolute path
 * @param sourcemap whether a source map for debuggers is written next to it
 * @returns the absolute paths of the source files in the bundle, without those of packages
 * @throws esbuild's BuildFailure, whose `errors` name file, line and column
 */
export async function bundleFunction(
  { root, cloudfunctionRoot }: Pick<Project, 'root' | 'cloudfunctionRoot'>,
  name: string,
  outfile: string,
  sourcemap = false,
): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(cloudfunctionRoot, name, 'src', 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node16',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    sourcemap,
    absWorkingDir: root,
  })
  return Object.keys(metafile.inputs)
    .filter((file) => !file.includes('node_modules'))
    .map((file) => path.join(root, file))
}

/** How a function runs in the cloud, from the project's files. */
export interface FunctionSettings {
  timeoutMs: number
  /** the open APIs that it may call, such as `subscribeMessage.send` */
  openapi: string[]
  triggers: readonly Trigger[]
}

interface CloudbaseRc {
  functions: { name: string; timeout: number }[]
}

/** The platform's default timeout of a function, in seconds. */
const DEFAULT_TIMEOUT = 3

/**
 * Reads the timeout (cloudbaserc.json), open APIs and triggers (config.json) of a function. The
 * config.json is optional.
 * @throws ProjectError with file and line if a file is not JSON, or config.json is wrong
 */
export function readFunctionSettings(
  { root, cloudfunctionRoot }: Project,
  name: string,
): FunctionSettings {
  const { functions } = readJson<CloudbaseRc>(root, 'cloudbaserc.json')
  const config = path.join(cloudfunctionRoot, name, 'config.json')
  const file = path.relative(root, config).split(path.sep).join('/')
  const { openapi, triggers } = existsSync(config)
    ? readFunctionConfigJson(root, file)
    : { openapi: [], triggers: [] }
  const seconds = functions.find((entry) => entry.name === name)?.timeout ?? DEFAULT_TIMEOUT
  return { timeoutMs: seconds * 1000, openapi, triggers }
}
