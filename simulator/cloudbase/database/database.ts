import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { aggregate, find } from 'mingo'
import { ProcessingMode } from 'mingo/core'
import type { Clock } from '../../kit/clock'
import type { Change, Doc, Store } from '../../kit/store'
import { CloudBaseError } from '../errors'
import { Documents, type View } from './documents'
import { matches, MINGO_OPTIONS, type Query } from './query'
import { sortPlain, type Order } from './sort'
import { Transactions } from './transactions'
import { applyUpdate, type Operators } from './update'

export type { Doc, Operators, Query, View }

export interface Find {
  query: Query
  order?: Order
  skip?: number
  limit?: number
  projection?: Record<string, unknown>
}

/**
 * Simulates CloudBase's database: MongoDB's queries, updates and pipelines over the store. Reads
 * and writes inside a transaction pass the `view` of `transactions.get(id)`.
 */
export class Database {
  readonly transactions: Transactions
  readonly #documents: Documents

  constructor(store: Store, clock: Clock) {
    this.#documents = new Documents(store)
    this.transactions = new Transactions(this.#documents, clock)
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
    const found = [...matches(this.#view(collection, view), collection, query)]
    const start = skip ?? 0
    const end = limit === undefined ? found.length : start + limit
    const sorted = order === undefined ? found : sortDocuments(found, order, end)
    const page = sorted.slice(start, end)
    return projection === undefined
      ? page
      : find<Record<string, unknown>>(page, {}, projection, MINGO_OPTIONS).all()
  }

  count(collection: string, query: Query): number {
    return [...matches(this.#view(collection), collection, query)].length
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
      matching(target, collection, query, multi).map((doc) => [doc, applyUpdate(doc, operators)]),
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
    const [doc] = matching(target, collection, query, false)
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
    const removed = matching(target, collection, query, multi)
    target.apply(removed.map(({ _id }) => ({ collection, id: _id, doc: null })))
    return removed.length
  }

  aggregate(collection: string, stages: Record<string, unknown>[]): Record<string, unknown>[] {
    return aggregate(this.#view(collection).values(collection), stages, {
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

  #put(view: View, collection: string, pairs: [before: Doc, after: Doc][]): number {
    const changed = pairs.filter(([before, after]) => !isDeepStrictEqual(before, after))
    view.apply(changed.map(([{ _id }, doc]) => ({ collection, id: _id, doc })))
    return changed.length
  }
}

/** Sorts the documents; may return only the first `count`. */
function sortDocuments(docs: Doc[], order: Order, count: number): Doc[] {
  return sortPlain(docs, order, count) ?? find<Doc>(docs, {}, {}, MINGO_OPTIONS).sort(order).all()
}

function matching(view: View, collection: string, query: Query, multi: boolean): Doc[] {
  const docs = matches(view, collection, query)
  if (multi) return [...docs]
  const first = docs.next()
  return first.done === true ? [] : [first.value]
}

/** Returns the change that adds a document. CloudBase generates ids of 32 hex characters. */
function insertion(collection: string, doc: Record<string, unknown>): Change {
  const id = doc._id ?? randomBytes(16).toString('hex')
  if (typeof id !== 'string' || id === '') {
    throw new CloudBaseError('INVALID_PARAM', 'The simulator accepts only a text as _id.')
  }
  return { collection, id, doc: { ...doc, _id: id } }
}
