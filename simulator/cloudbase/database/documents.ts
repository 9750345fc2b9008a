import type { Change, Doc, Store } from '../../kit/store'

/** What is read, and where changes go: the database itself, or a transaction's view of it. */
export interface View {
  get(collection: string, id: string): Doc | undefined
  values(collection: string): Iterable<Doc>
  /** Makes all the changes or none. */
  apply(changes: readonly Change[]): void
}

/** Told of every document that is about to be changed, as it was: `undefined` when it is new. */
export type ChangeListener = (collection: string, id: string, before: Doc | undefined) => void

const PREFIX = 'database/'
/** One document for each collection, so that an empty collection survives a restart. */
const NAMES = 'database'

/**
 * The user's collections within the store. Their names get a prefix there, so that what else the
 * simulator keeps is out of reach of any query.
 */
export class Documents implements View {
  readonly listeners = new Set<ChangeListener>()
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  names(): string[] {
    return [...this.#store.values(NAMES)].map((doc) => doc._id)
  }

  has(collection: string): boolean {
    return this.#store.get(NAMES, collection) !== undefined
  }

  create(collection: string): void {
    this.#store.put(NAMES, { _id: collection })
  }

  get(collection: string, id: string): Doc | undefined {
    return this.#store.get(PREFIX + collection, id)
  }

  values(collection: string): Iterable<Doc> {
    return this.#store.values(PREFIX + collection)
  }

  apply(changes: readonly Change[]): void {
    for (const { collection, id } of changes) {
      const before = this.get(collection, id)
      for (const listener of this.listeners) listener(collection, id, before)
    }
    this.#store.apply(
      changes.map((change) => ({ ...change, collection: PREFIX + change.collection })),
    )
  }
}
