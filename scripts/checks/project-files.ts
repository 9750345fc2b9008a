import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { type BuildFailure, type Loader, transformSync } from 'esbuild'

/** Returns the paths of all files in a folder and below, with forward slashes, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
}

/** Returns whether there is a file, and not a folder. */
export const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true

/** Returns app.json and the JSON of every page and component, by their paths inside the project. */
export function appAndPageJson(root: string): string[] {
  const files = new Set(filesIn(path.join(root, 'miniprogram')))
  const isPage = (file: string) =>
    file.endsWith('.json') && files.has(file.replace(/\.json$/, '.wxml'))
  return ['app.json', ...[...files].filter(isPage)].map((file) => `miniprogram/${file}`)
}

/**
 * Returns where a source does not parse, such as ` at line 3, column 9`, or an empty string when it
 * does. Quotes nothing of the source, since it may hold secrets.
 */
export function syntaxErrorPlace(source: string, loader: Loader): string {
  try {
    transformSync(source, { loader, logLevel: 'silent' })
    return ''
  } catch (error) {
    const [location] = (error as BuildFailure).errors.map((one) => one.location)
    return location ? ` at line ${location.line}, column ${location.column + 1}` : ''
  }
}

/** Returns anything as an object whose fields can be read. */
export const fieldsOf = (value: unknown) => Object(value) as Record<string, unknown>
