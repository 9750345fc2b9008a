import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Project } from '../../project/project'
import type { Doc } from '../kit/store'
import { readSeed } from './collections'
import type { Settings } from './schema'

/** The part of the database that is used. */
interface Target {
  replace(collection: string, query: { _id: string }, fields: Record<string, unknown>): unknown
  remove(collection: string, query: { _id: string }, options: { multi: boolean }): unknown
}

export interface SeedOptions {
  /** the name of the collection */
  name: string
  /** the files that declare it */
  collection: Settings['collections'][string]
  project: Project
  database: Target
  /** returns the file id of a path in cloud storage */
  fileID: (cloudPath: string) => string
}

/** The documents that a collection has from the start, as its file says. */
export class Seed {
  readonly name: string
  /** absolute path; undefined for a collection that begins empty */
  readonly file: string | undefined
  readonly #options: SeedOptions
  /** what the file contained when it was last applied, by `_id` */
  #applied = new Map<string, Doc>()

  constructor(options: SeedOptions) {
    const { name, collection, project } = options
    this.name = name
    this.file = collection.seed === undefined ? undefined : path.join(project.root, collection.seed)
    this.#options = options
  }

  /**
   * Writes the file's difference from what was applied last: documents that are new or different
   * replace the stored ones, and those that are gone are removed. Other documents stay as they are,
   * even if they were changed or removed in the database. The first time all are written.
   * @returns how many documents were written and removed
   * @throws ProjectError as readSeed does; then nothing was changed
   */
  apply(): { changed: number; removed: number } {
    const { name, collection, project, database, fileID } = this.#options
    const docs = new Map(readSeed(project, collection, fileID).map((doc) => [doc._id, doc]))
    const changed = [...docs.values()].filter(
      (doc) => !isDeepStrictEqual(doc, this.#applied.get(doc._id)),
    )
    const removed = [...this.#applied.keys()].filter((id) => !docs.has(id))
    for (const { _id, ...fields } of changed) database.replace(name, { _id }, fields)
    for (const _id of removed) database.remove(name, { _id }, { multi: false })
    this.#applied = docs
    return { changed: changed.length, removed: removed.length }
  }
}
