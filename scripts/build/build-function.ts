import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { bundleOptions, functionEntry } from '../../project/functions'
import type { Project } from '../../project/project'
import { DECISIONS, type Decision } from './decisions'
import { deferModules } from './defer-modules'
import { packagesIn, type Package } from './packages'

type Folders = Pick<Project, 'root' | 'cloudfunctionRoot'>

/** The files of a build, as absolute paths. Only `code` is uploaded, so only it is in the function's folder. */
export interface BuildFiles {
  code: string
  /** its source map, whose sources are paths inside the project */
  map: string
  /** what it contains, as a BuildRecord */
  record: string
}

/** What a built function contains. */
export interface BuildRecord {
  /** the function's name and a hash of its code, such as `pay-3f2a91c0`, which is in the code too */
  build: string
  bytes: number
  packages: Package[]
}

/** Returns where `npm run build` writes a function. */
export function buildFiles({ root, cloudfunctionRoot }: Folders, name: string): BuildFiles {
  return {
    code: path.join(cloudfunctionRoot, name, 'index.js'),
    map: path.join(root, 'build', name, 'index.js.map'),
    record: path.join(root, 'build', name, 'packages.json'),
  }
}

/**
 * Builds a cloud function for upload. The same sources and packages give the same files.
 * @throws esbuild's BuildFailure, whose `errors` name file, line and column
 */
export async function buildFunction(
  project: Folders,
  name: string,
  files = buildFiles(project, name),
): Promise<BuildRecord> {
  const { code, map, record } = await buildEntry(project, name, functionEntry(project, name))
  write(files.code, code)
  write(files.map, map)
  write(files.record, `${JSON.stringify(record, null, 2)}\n`)
  return record
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/**
 * Builds any source as a function's is built.
 * @param name what the build's id starts with
 * @param entry the absolute path of the source
 */
export async function buildEntry(
  project: Folders,
  name: string,
  entry: string,
  decisions: readonly Decision[] = DECISIONS,
) {
  // Of the length of the id that replaces it, so that the source map stays right.
  const noId = `${name}-${'0'.repeat(8)}`
  const outdir = path.dirname(entry)
  const { outputFiles, metafile } = await build({
    ...bundleOptions(project, entry),
    outdir,
    write: false,
    minify: true,
    // Errors are logged by their names.
    keepNames: true,
    sourcemap: 'external',
    define: { BUILD: JSON.stringify(noId) },
    plugins: [deferModules(decisions)],
  })
  const output = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))!.text
  const hash = createHash('sha256').update(output('.js')).digest('hex')
  const id = `${name}-${hash.slice(0, 8)}`
  const code = output('.js').replaceAll(noId, id)
  const record: BuildRecord = {
    build: id,
    bytes: Buffer.byteLength(code),
    packages: packagesIn(project.root, metafile, decisions),
  }
  return { code, map: relocate(output('.map'), outdir, project.root), record }
}

/** Makes the sources of a map paths inside the project, with forward slashes. */
function relocate(text: string, outdir: string, root: string): string {
  const map = JSON.parse(text) as { sources: string[] }
  map.sources = map.sources.map((source) =>
    path.relative(root, path.resolve(outdir, source)).split(path.sep).join('/'),
  )
  return JSON.stringify(map)
}
