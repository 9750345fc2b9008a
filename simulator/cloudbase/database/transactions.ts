import { randomUUID } from 'node:crypto'
import type { Clock } from '../../kit/clock'
import type { Change, Doc } from '../../kit/store'
import { CloudBaseError } from '../errors'
import type { Documents, View } from './documents'

/** A transaction expires after this many ms (云开发 → 数据库 → 事务: 30 s at most). */
const TTL_MS = 30_000

/** Holds documents by collection and id; `null` means that the document does not exist. */
class Overlay {
  readonly #documents = new Map<string, Map<string, Doc | null>>()

  get(collection: string, id: string): Doc | null | undefined {
    return this.#documents.get(collection)?.get(id)
  }

  has(collection: string, id: string): boolean {
    return this.get(collection, id) !== undefined
  }

  set(collection: string, id: string, doc: Doc | null): void {
    const documents = this.#documents.get(collection) ?? new Map<string, Doc | null>()
    this.#documents.set(collection, documents.set(id, doc))
  }

  ids(collection: string): Iterable<string> {
    return this.#documents.get(collection)?.keys() ?? []
  }

  *changes(): Iterable<Change> {
    for (const [collection, documents] of this.#documents)
      for (const [id, doc] of documents) yield { collection, id, doc }
  }
}

/**
 * A snapshot of the database at the transaction's start, with the transaction's own writes on top.
 * Documents are immutable, so the snapshot only keeps those that others have overwritten since.
 */
class Transaction implements View {
  readonly #base: Documents
  readonly #overwritten = new Overlay()
  readonly #written = new Overlay()

  constructor(
    base: Documents,
    readonly expiresAt: number,
  ) {
    this.#base = base
    base.listeners.add(this.#keepOriginal)
  }

  get(collection: string, id: string): Doc | undefined {
    for (const overlay of [this.#written, this.#overwritten]) {
      const doc = overlay.get(collection, id)
      if (doc !== undefined) return doc ?? undefined
    }
    return this.#base.get(collection, id)
  }

  *values(collection: string): Iterable<Doc> {
    const ids = new Set([
      ...[...this.#base.values(collection)].map((doc) => doc._id),
      ...this.#overwritten.ids(collection),
      ...this.#written.ids(collection),
    ])
    for (const id of ids) {
      const doc = this.get(collection, id)
      if (doc !== undefined) yield doc
    }
  }

  apply(changes: readonly Change[]): void {
    for (const { collection, id, doc } of changes) this.#written.set(collection, id, doc)
  }

  /**
   * Applies the writes to the database.
   * @throws CloudBaseError when a document that this transaction wrote was also written by another
   */
  commit(): void {
    this.end()
    const changes = [...this.#written.changes()]
    if (changes.some(({ collection, id }) => this.#overwritten.has(collection, id))) {
      throw new CloudBaseError('DATABASE_TRANSACTION_CONFLICT', 'database transaction conflict')
    }
    this.#base.apply(changes)
  }

  end(): void {
    this.#base.listeners.delete(this.#keepOriginal)
  }

  readonly #keepOriginal = (collection: string, id: string, before: Doc | undefined): void => {
    if (!this.#overwritten.has(collection, id)) {
      this.#overwritten.set(collection, id, before ?? null)
    }
  }
}

/** Keeps the open transactions. Using an ended one throws DATABASE_TRANSACTION_FAIL. */
export class Transactions {
  readonly #documents: Documents
  readonly #clock: Clock
  readonly #open = new Map<string, Transaction>()

  constructor(documents: Documents, clock: Clock) {
    this.#documents = documents
    this.#clock = clock
  }

  begin(): string {
    this.#expire()
    const id = randomUUID()
    this.#open.set(id, new Transaction(this.#documents, this.#clock.now() + TTL_MS))
    return id
  }

  get(id: string): View {
    return this.#find(id)
  }

  commit(id: string): void {
    const transaction = this.#find(id)
    this.#open.delete(id)
    transaction.commit()
  }

  abort(id: string): void {
    this.#find(id).end()
    this.#open.delete(id)
  }

  #find(id: string): Transaction {
    this.#expire()
    const transaction = this.#open.get(id)
    if (transaction === undefined) {
      throw new CloudBaseError('DATABASE_TRANSACTION_FAIL', 'The transaction is over or unknown.')
    }
    return transaction
  }

  #expire(): void {
    for (const [id, transaction] of this.#open) {
      if (transaction.expiresAt > this.#clock.now()) continue
      transaction.end()
      this.#open.delete(id)
    }
  }
}
