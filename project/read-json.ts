import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectError } from './diagnostic'

/**
 * Reads a JSON file of a project. Its shape is not checked.
 * @param root the project's folder
 * @param file path inside the project, with forward slashes
 * @throws ProjectError when the file is missing or is not JSON
 */
export function readJson<T>(root: string, file: string): T {
  const absolute = path.join(root, file)
  if (!existsSync(absolute)) throw projectError(file, 'is missing', 'restore it from git')
  try {
    return JSON.parse(readFileSync(absolute, 'utf8')) as T
  } catch (error) {
    throw projectError(file, `is not JSON: ${(error as Error).message}`, 'fix the JSON')
  }
}
