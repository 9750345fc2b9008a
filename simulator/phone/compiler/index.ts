import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { BuildError } from '../../../project/build-errors'
import { bundleLogic, type ReplacedModules } from './logic'
import { readProgram } from './program'
import { Sources } from './sources'
import { compileTemplates } from './templates'
import { compileStyles } from './wxss'

export type { ReplacedModules } from './logic'

export interface BuildOptions {
  /** the folder with app.json */
  miniprogramDir: string
  modules: ReplacedModules
  appid: string
}

export type BuildResult =
  | {
      ok: true
      /** path on the phone's server → file content */
      files: Map<string, Uint8Array | string>
      /** the id of the build, a hash of the sources */
      build: string
    }
  | { ok: false; errors: BuildError[] }

/** The path under which the pictures of the mini program are served. */
const PACKAGE_PATH = '/package/'
const PICTURE = /\.(png|jpe?g|gif|svg|webp)$/i

/**
 * Builds a mini program for the phone in the browser, in memory. Every diagnostic fails the build,
 * because the compilers here are laxer than WeChat's own. A file that disappears meanwhile also fails
 * the build.
 */
export async function buildPhone(options: BuildOptions): Promise<BuildResult> {
  try {
    return await build(options)
  } catch (error) {
    if (!isSystemError(error)) throw error
    const file = path.basename(options.miniprogramDir)
    return { ok: false, errors: [{ file, line: 1, column: 1, text: error.message }] }
  }
}

async function build({ miniprogramDir, modules, appid }: BuildOptions): Promise<BuildResult> {
  const sources = new Sources(path.resolve(miniprogramDir))
  const found = await readProgram(sources)
  if (found === undefined) return { ok: false, errors: sources.problems }
  const program = { appid, ...found }
  const templates = await compileTemplates(sources, program)
  const styles = compileStyles(sources, program)
  const logic = await bundleLogic(sources, program, templates, modules)
  if (sources.problems.length > 0) return { ok: false, errors: sources.problems }

  const files = new Map<string, Uint8Array | string>([
    ['/miniprogram.js', logic],
    ['/miniprogram.css', styles],
  ])
  for (const file of sources.files) {
    if (PICTURE.test(file)) files.set(PACKAGE_PATH + file, readFileSync(sources.absolute(file)))
  }
  return { ok: true, files, build: digest(sources, modules) }
}

/** Hashes the sources, not the output: the order of the template compiler's output varies. */
function digest(sources: Sources, modules: ReplacedModules): string {
  const hash = createHash('sha256').update(JSON.stringify(modules))
  for (const file of sources.files) hash.update(file).update(readFileSync(sources.absolute(file)))
  return hash.digest('hex').slice(0, 32)
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error
}
