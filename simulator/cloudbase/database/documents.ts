import type { Change, Doc, Store } from '../../kit/store'
import type { Conditions } from './conditions'
import { Indexes, type Plan } from './indexes'
import type { Order } from './sort'
import type { IndexKeys } from './sorted-index'

/** Reads and writes documents: in the database itself, or in a transaction. */
export interface View {
  get(collection: string, id: string): Doc | undefined
  values(collection: string): Iterable<Doc>
  /** Returns how an index answers a query; undefined if none serves it. Transactions have no indexes. */
  plan?(collection: string, conditions: Conditions, order?: Order): Plan | undefined
  /** Applies all the changes or none. */
  apply(changes: readonly Change[]): void
}

/** Called before each change with the previous document; `undefined` when it is new. */
export type ChangeListener = (collection: string, id: string, before: Doc | undefined) => void

const COLLECTION_PREFIX = 'database/'
/**
 * Holds one document per collection of the user, so that an empty collection survives a restart.
 */
const NAMES_COLLECTION = 'database'

/**
 * Keeps the user's collections in the store. Their names have a prefix there, so that no query can
 * reach the simulator's other collections.
 */
export class Documents implements View {
  readonly listeners = new Set<ChangeListener>()
  readonly #store: Store
  #keys: Readonly<Record<string, readonly IndexKeys[]>>
  readonly #indexes = new Map<string, Indexes>()

  /** @param keys the declared indexes by collection */
  constructor(store: Store, keys: Readonly<Record<string, readonly IndexKeys[]>>) {
    this.#store = store
    this.#keys = keys
  }

  /** Replaces the declared indexes. They are built when a query uses them. */
  setIndexes(keys: Readonly<Record<string, readonly IndexKeys[]>>): void {
    this.#keys = keys
    this.#indexes.clear()
  }

  names(): string[] {
    return [...this.#store.values(NAMES_COLLECTION)].map((doc) => doc._id)
  }

  has(collection: string): boolean {
    return this.#store.get(NAMES_COLLECTION, collection) !== undefined
  }

  create(collection: string): void {
    this.#store.put(NAMES_COLLECTION, { _id: collection })
  }

  get(collection: string, id: string): Doc | undefined {
    return this.#store.get(COLLECTION_PREFIX + collection, id)
  }

  values(collection: string): Iterable<Doc> {
    return this.#store.values(COLLECTION_PREFIX + collection)
  }

  plan(collection: string, conditions: Conditions, order?: Order): Plan | undefined {
    return this.#indexesOf(collection).plan(conditions, order)
  }

  apply(changes: readonly Change[]): void {
    for (const { collection, id } of changes) {
      const before = this.get(collection, id)
      for (const listener of this.listeners) listener(collection, id, before)
    }
    this.#store.apply(
      changes.map((change) => ({ ...change, collection: COLLECTION_PREFIX + change.collection })),
    )
    for (const { collection, id } of changes) {
      this.#indexesOf(collection).set(id, this.get(collection, id) ?? null)
    }
  }

  #indexesOf(collection: string): Indexes {
    const known = this.#indexes.get(collection)
    if (known) return known
    const keys = this.#keys[collection] ?? []
    const indexes = new Indexes(keys, () => this.values(collection))
    this.#indexes.set(collection, indexes)
    return indexes
  }
}
