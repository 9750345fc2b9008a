import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { UnreadableFile } from './check'

/** All files in a folder and below, by their path inside it, with forward slashes, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
}

/** False for a folder, and for nothing at all. */
export const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true

/** app.json and the JSON of every page and component, by their paths inside the project. */
export function appAndPageJson(root: string): string[] {
  const files = new Set(filesIn(path.join(root, 'miniprogram')))
  const isPage = (file: string) =>
    file.endsWith('.json') && files.has(file.replace(/\.json$/, '.wxml'))
  return ['app.json', ...[...files].filter(isPage)].map((file) => `miniprogram/${file}`)
}

/**
 * The content of a JSON file, whose form nobody has checked.
 * @param file its path inside the project
 * @throws UnreadableFile when it is missing or is not JSON
 */
export function readJson<T>(root: string, file: string): T {
  const place = path.join(root, file)
  if (!existsSync(place)) {
    throw new UnreadableFile({ file, problem: 'is missing', remedy: 'bring it back from git' })
  }
  try {
    return JSON.parse(readFileSync(place, 'utf8')) as T
  } catch (error) {
    const problem = `is not JSON: ${(error as Error).message}`
    throw new UnreadableFile({ file, problem, remedy: 'mend the JSON' })
  }
}
