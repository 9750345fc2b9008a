import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectError } from '../../project/diagnostic'
import { isPlainObject } from '../../project/plain-object'
import type { Project } from '../../project/project'
import { readJson } from '../../project/read-json'
import type { IndexKeys } from '../cloudbase/database/sorted-index'
import type { Doc } from '../kit/store'
import type { Settings } from './schema'

/** The permission of a collection for which no file declares one (云开发 → 数据库 → 权限管理). */
const DEFAULT_PERMISSION = { aclTag: 'PRIVATE' }

/**
 * Reads the permissions of every collection, in the form of permissions.json.
 * @throws ProjectError when a file cannot be read, or lacks a collection that refers to it
 */
export function readPermissions({ root }: Project, { collections }: Settings): object {
  const entries = Object.entries(collections).map(([name, { permissions }]) => {
    const entry = permissions === undefined ? DEFAULT_PERMISSION : entryOf(root, permissions, name)
    return [name, entry]
  })
  return Object.fromEntries(entries) as object
}

/**
 * Reads the indexes of every collection that declares some.
 * @throws ProjectError if an index is not an object of fields with 1 or -1
 */
export function readIndexes(
  { root }: Project,
  { collections }: Settings,
): Record<string, IndexKeys[]> {
  const entries = Object.entries(collections).flatMap(([name, { indexes }]) => {
    if (indexes === undefined) return []
    const list = entryOf(root, indexes, name)
    if (Array.isArray(list) && list.every(isIndex)) return [[name, list] as const]
    const fix = 'write a list of objects such as { "created_at": -1 }'
    throw projectError(indexes, `has wrong indexes of ${name}`, fix)
  })
  return Object.fromEntries(entries)
}

function isIndex(value: unknown): value is IndexKeys {
  if (!isPlainObject(value)) return false
  const directions = Object.values(value)
  return directions.length > 0 && directions.every((order) => order === 1 || order === -1)
}

/** Returns the entry of one collection in a file. */
function entryOf(root: string, file: string, collection: string): unknown {
  const content = readJson<unknown>(root, file)
  if (isPlainObject(content) && Object.hasOwn(content, collection)) return content[collection]
  throw projectError(file, `does not name ${collection}`, `add an entry for ${collection}`)
}

/**
 * Reads the documents that a collection has from the start.
 * @param fileID returns the file id of a path in cloud storage
 * @throws ProjectError that names the line that is not a document
 */
export function readSeed(
  { root }: Project,
  { seed, fileFields = [] }: Settings['collections'][string],
  fileID: (cloudPath: string) => string,
): Doc[] {
  if (seed === undefined) return []
  const lines = readFileSync(path.join(root, seed), 'utf8').split(/\r?\n/)
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const doc = parseDocument(line)
    if (doc === undefined) {
      const fix = 'write one JSON object with an "_id" in each line'
      throw projectError(`${seed}:${index + 1}`, 'is not a document', fix)
    }
    const files = fileFields
      .filter((field) => typeof doc[field] === 'string')
      .map((field) => [field, fileID(doc[field] as string)])
    return [{ ...doc, ...Object.fromEntries(files) } as Doc]
  })
}

function parseDocument(line: string): Doc | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isPlainObject(value) && typeof value['_id'] === 'string' ? (value as Doc) : undefined
  } catch {
    return undefined
  }
}
