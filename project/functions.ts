import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { build, type BuildOptions } from 'esbuild'
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
 * Returns how a cloud function is bundled with everything that it imports into one file, without its
 * configuration, which is read at run time.
 * @param project file names in errors start at its root
 * @param entry the absolute path of its source
 */
export function bundleOptions({ root }: Pick<Project, 'root'>, entry: string) {
  return {
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node16',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    absWorkingDir: root,
  } satisfies BuildOptions
}

/** Returns the absolute path of a cloud function's source. */
export function functionEntry(
  { cloudfunctionRoot }: Pick<Project, 'cloudfunctionRoot'>,
  name: string,
): string {
  return path.join(cloudfunctionRoot, name, 'src', 'index.ts')
}

/**
 * Bundles a cloud function as it is written, with a source map next to it: for the simulator and for
 * debuggers. What is uploaded is built by `npm run build`.
 * @param outfile absolute path
 * @returns the absolute paths of the source files in the bundle, without those of packages
 * @throws esbuild's BuildFailure, whose `errors` name file, line and column
 */
export async function bundleFunction(
  project: Pick<Project, 'root' | 'cloudfunctionRoot'>,
  name: string,
  outfile: string,
): Promise<string[]> {
  const entry = functionEntry(project, name)
  const { metafile } = await build({
    ...bundleOptions(project, entry),
    outfile,
    sourcemap: true,
  })
  return Object.keys(metafile.inputs)
    .filter((file) => !file.includes('node_modules'))
    .map((file) => path.join(project.root, file))
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
