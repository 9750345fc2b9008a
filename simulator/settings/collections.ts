import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectError } from '../../project/diagnostic'
import { Permissions } from '../../project/permissions'
import { isPlainObject } from '../../project/plain-object'
import type { Project } from '../../project/project'
import { type JsonSource, placeOf, readJsonSource } from '../../project/read-json'
import type { IndexKeys } from '../cloudbase/database/sorted-index'
import type { Doc } from '../kit/store'
import type { Settings } from './schema'

/** Returns the absolute paths of the files, and of the folders of pictures, that declare data. */
export function dataFiles({ root }: Project, { collections, storage }: Settings): string[] {
  const declared = Object.values(collections).flatMap(({ permissions, indexes, seed }) => [
    permissions,
    indexes,
    seed,
  ])
  const files = [...declared, ...Object.values(storage), 'cloudbaserc.json']
  const present = files.filter((file) => file !== undefined)
  return [...new Set(present)].map((file) => path.join(root, file))
}

/** The permission of a collection for which no file declares one (云开发 → 数据库 → 权限管理). */
const DEFAULT_PERMISSION = { aclTag: 'PRIVATE' }

/**
 * Reads the permissions of every collection, in the form of permissions.json.
 * @throws ProjectError with file and line when a file cannot be read, lacks a collection that refers
 * to it, or has wrong permissions of it
 */
export function readPermissions({ root }: Project, { collections }: Settings): object {
  const entries = Object.entries(collections).map(([name, { permissions }]) => {
    return [
      name,
      permissions === undefined ? DEFAULT_PERMISSION : readEntry(root, permissions, name),
    ]
  })
  return Object.fromEntries(entries) as object
}

function readEntry(root: string, file: string, name: string): unknown {
  const { source, value } = entryOf(root, file, name)
  try {
    new Permissions({ [name]: value })
    return value
  } catch (error) {
    const problem = (error as Error).message.replace(/^permissions\.json: /, '')
    throw projectError(placeOf(source, [name]), problem, 'write it as the console shows it')
  }
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
    const { source, value: list } = entryOf(root, indexes, name)
    if (Array.isArray(list) && list.every(isIndex)) return [[name, list] as const]
    const fix = 'write a list of objects such as { "created_at": -1 }'
    throw projectError(placeOf(source, [name]), `has wrong indexes of ${name}`, fix)
  })
  return Object.fromEntries(entries)
}

function isIndex(value: unknown): value is IndexKeys {
  if (!isPlainObject(value)) return false
  const directions = Object.values(value)
  return directions.length > 0 && directions.every((order) => order === 1 || order === -1)
}

/** Returns the entry of one collection in a file. */
function entryOf(
  root: string,
  file: string,
  collection: string,
): { source: JsonSource; value: unknown } {
  if (!existsSync(path.join(root, file))) throw isMissing(file)
  const source = readJsonSource(root, file)
  const { content } = source
  if (isPlainObject(content) && Object.hasOwn(content, collection)) {
    return { source, value: content[collection] }
  }
  throw projectError(
    placeOf(source, []),
    `does not name ${collection}`,
    `add an entry for ${collection}`,
  )
}

/**
 * Reads the documents that a collection has from the start.
 * @param fileID returns the file id of a path in cloud storage
 * @throws ProjectError that names the line that is not a document, or the file that is missing
 */
export function readSeed(
  { root }: Project,
  { seed, fileFields = [] }: Settings['collections'][string],
  fileID: (cloudPath: string) => string,
): Doc[] {
  if (seed === undefined) return []
  if (!existsSync(path.join(root, seed))) throw isMissing(seed)
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

const isMissing = (file: string) => projectError(file, 'is missing', 'restore it from git')

function parseDocument(line: string): Doc | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isPlainObject(value) && typeof value['_id'] === 'string' ? (value as Doc) : undefined
  } catch {
    return undefined
  }
}
