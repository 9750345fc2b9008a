import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { aggregate, find } from 'mingo'
import { ProcessingMode } from 'mingo/core'
import { isPlainObject } from '../../../project/plain-object'
import type { Clock } from '../../kit/clock'
import type { Change, Doc, Store } from '../../kit/store'
import { CloudBaseError } from '../errors'
import { Documents, type View } from './documents'
import type { Query } from './plain-query'
import { MINGO_OPTIONS, search } from './query'
import { sortPlain, type Order } from './sort'
import type { IndexKeys } from './sorted-index'
import { Transactions } from './transactions'
import { applyUpdate, type Operators } from './update'

export type { Doc, IndexKeys, Operators, Query, View }

export interface Find {
  query: Query
  order?: Order
  skip?: number
  limit?: number
  projection?: Record<string, unknown>
}

export interface DatabaseOptions {
  /** the declared indexes by collection; every collection has one of `_id` */
  indexes?: Readonly<Record<string, readonly IndexKeys[]>>
  /** called for a query that no index serves, once for the same fields */
  onFullScan?: (collection: string, fields: string[]) => void
}

/**
 * Simulates CloudBase's database: MongoDB's queries, updates and pipelines over the store. Reads
 * and writes inside a transaction pass the `view` of `transactions.get(id)`.
 */
export class Database {
  readonly transactions: Transactions
  /** how many documents all queries have read so far, matching or not */
  documentsRead = 0
  readonly #documents: Documents
  readonly #onFullScan: DatabaseOptions['onFullScan']
  readonly #scans = new Set<string>()

  constructor(store: Store, clock: Clock, { indexes = {}, onFullScan }: DatabaseOptions = {}) {
    this.#documents = new Documents(store, indexes)
    this.#onFullScan = onFullScan
    this.transactions = new Transactions(this.#documents, clock)
  }

  /** Replaces the declared indexes. */
  setIndexes(indexes: NonNullable<DatabaseOptions['indexes']>): void {
    this.#documents.setIndexes(indexes)
    this.#scans.clear()
  }

  collections(): string[] {
    return this.#documents.names()
  }

  has(collection: string): boolean {
    return this.#documents.has(collection)
  }

  /**
   * Creates an empty collection.
   * @throws CloudBaseError when the name is invalid or in use
   */
  addCollection(collection: string): void {
    if (!/^[A-Za-z][\w-]{0,31}$/.test(collection)) {
      throw new CloudBaseError('INVALID_PARAM', `"${collection}" is not a valid collection name.`)
    }
    if (this.has(collection)) {
      throw new CloudBaseError('DATABASE_REQUEST_FAILED', `Table exist: ${collection}`)
    }
    this.#documents.create(collection)
  }

  /** Returns one document, frozen. */
  get(collection: string, id: string): Doc | undefined {
    return this.#view(collection).get(collection, id)
  }

  /** Returns the documents (or, with a projection, parts of them), frozen. */
  find(collection: string, options: Find, view?: View): Record<string, unknown>[] {
    const { query, order, skip, limit, projection } = options
    const { docs, isSorted } = this.#search(this.#view(collection, view), collection, query, order)
    const start = skip ?? 0
    const end = limit === undefined ? Infinity : start + limit
    const sorted =
      order === undefined || isSorted ? first(docs, end) : sortDocuments([...docs], order, end)
    const page = sorted.slice(start, end)
    return projection === undefined
      ? page
      : find<Record<string, unknown>>(page, {}, projection, MINGO_OPTIONS).all()
  }

  count(collection: string, query: Query): number {
    return [...this.#search(this.#view(collection), collection, query).docs].length
  }

  /**
   * Adds documents, all or none, with a new `_id` where there is none.
   * @returns their ids
   */
  insert(collection: string, docs: readonly Record<string, unknown>[], view?: View): string[] {
    const target = this.#view(collection, view)
    const changes = docs.map((doc) => insertion(collection, doc))
    const ids = new Set<string>()
    for (const { id } of changes) {
      if (ids.has(id) || target.get(collection, id) !== undefined) {
        throw new CloudBaseError(
          'DATABASE_REQUEST_FAILED',
          `E11000 duplicate key error collection: ${collection} index: _id_ dup key: { _id: "${id}" }`,
        )
      }
      ids.add(id)
    }
    target.apply(changes)
    return [...ids]
  }

  /**
   * Updates the matching documents, or with `multi: false` the first one.
   * @returns how many documents changed
   */
  update(
    collection: string,
    query: Query,
    operators: Operators,
    { multi }: { multi: boolean },
    view?: View,
  ): number {
    const target = this.#view(collection, view)
    return this.#put(
      target,
      collection,
      this.#matching(target, collection, query, multi).map((doc) => [
        doc,
        applyUpdate(doc, operators),
      ]),
    )
  }

  /** Replaces the first matching document with `data`, or adds `data` as a new document. */
  replace(
    collection: string,
    query: Query,
    data: Record<string, unknown>,
    view?: View,
  ): { updated: number; upsertedId?: string } {
    const target = this.#view(collection, view)
    const [doc] = this.#matching(target, collection, query, false)
    if (doc !== undefined) {
      return { updated: this.#put(target, collection, [[doc, { ...data, _id: doc._id }]]) }
    }
    const change = insertion(collection, { ...data, _id: query._id })
    target.apply([change])
    return { updated: 0, upsertedId: change.id }
  }

  /**
   * Removes the matching documents, or with `multi: false` the first one.
   * @returns how many documents were removed
   */
  remove(collection: string, query: Query, { multi }: { multi: boolean }, view?: View): number {
    const target = this.#view(collection, view)
    const removed = this.#matching(target, collection, query, multi)
    target.apply(removed.map(({ _id }) => ({ collection, id: _id, doc: null })))
    return removed.length
  }

  aggregate(collection: string, stages: Record<string, unknown>[]): Record<string, unknown>[] {
    const [start, ...rest] = stages
    const view = this.#view(collection)
    const query = start?.['$match']
    const [input, pipeline] = isPlainObject(query)
      ? [this.#search(view, collection, query).docs, rest]
      : [this.#search(view, collection, {}).docs, stages]
    return aggregate([...input], pipeline, {
      ...MINGO_OPTIONS,
      processingMode: ProcessingMode.CLONE_INPUT,
      collectionResolver: (name) => [...this.#view(name).values(name)],
    })
  }

  #view(collection: string, view?: View): View {
    if (!this.has(collection)) {
      throw new CloudBaseError(
        'DATABASE_COLLECTION_NOT_EXIST',
        `Db or Table not exist: ${collection}`,
      )
    }
    return view ?? this.#documents
  }

  #search(view: View, collection: string, query: Query, order?: Order) {
    const onRead = () => void this.documentsRead++
    const onScan = () => {
      const fields = [...fieldsOf(query), ...Object.keys(order ?? {})]
      const shape = [collection, ...fields].join(' ')
      if (!this.#scans.has(shape)) this.#onFullScan?.(collection, [...new Set(fields)])
      this.#scans.add(shape)
    }
    return search(view, collection, query, order, { onRead, onScan })
  }

  #matching(view: View, collection: string, query: Query, multi: boolean): Doc[] {
    return first(this.#search(view, collection, query).docs, multi ? Infinity : 1)
  }

  #put(view: View, collection: string, pairs: [before: Doc, after: Doc][]): number {
    const changed = pairs.filter(([before, after]) => !isDeepStrictEqual(before, after))
    view.apply(changed.map(([{ _id }, doc]) => ({ collection, id: _id, doc })))
    return changed.length
  }
}

/** Returns the first `count` of the documents, and reads no others. */
function first(docs: Iterable<Doc>, count: number): Doc[] {
  const found: Doc[] = []
  if (count < 1) return found
  for (const doc of docs) {
    found.push(doc)
    if (found.length >= count) break
  }
  return found
}

/** Returns the names of the fields in a query. */
function fieldsOf(query: Query): string[] {
  return Object.entries(query).flatMap(([name, condition]) => {
    if (!name.startsWith('$')) return [name]
    return Array.isArray(condition) ? condition.filter(isPlainObject).flatMap(fieldsOf) : []
  })
}

/** Sorts the documents; may return only the first `count`. */
function sortDocuments(docs: Doc[], order: Order, count: number): Doc[] {
  return sortPlain(docs, order, count) ?? find<Doc>(docs, {}, {}, MINGO_OPTIONS).sort(order).all()
}

/** Returns the change that adds a document. CloudBase generates ids of 32 hex characters. */
function insertion(collection: string, doc: Record<string, unknown>): Change {
  const id = doc._id ?? randomBytes(16).toString('hex')
  if (typeof id !== 'string' || id === '') {
    throw new CloudBaseError('INVALID_PARAM', 'The simulator accepts only a text as _id.')
  }
  return { collection, id, doc: { ...doc, _id: id } }
}
