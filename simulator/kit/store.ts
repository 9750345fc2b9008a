import {
  appendFileSync,
  fstatSync,
  ftruncateSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { EJSON } from 'bson'

/** A stored document: plain JSON values and Dates. */
export type Doc = { _id: string } & Record<string, unknown>

/** One change: `doc` is stored under `id`, or, when it is `null`, the document is deleted. */
export interface Change {
  collection: string
  id: string
  doc: Doc | null
}

interface Entry {
  doc: Doc
  version: number
}

/**
 * Stores documents in named collections: all in memory, with every batch of changes appended to a
 * journal file as one line. A batch is therefore atomic: it survives a crash whole or not at all.
 *
 * A stored document is frozen; to change it, put a new one under the same id.
 */
export class Store {
  readonly #collections = new Map<string, Map<string, Entry>>()
  #versions = 0
  #journal: number | undefined

  private constructor() {}

  /**
   * Reads the journal at `file` and appends to it from then on; without a file the store is in
   * memory only.
   * @throws Error when a line cannot be read, other than an incomplete last line
   */
  static open(file?: string): Store {
    const store = new Store()
    if (file === undefined) return store
    mkdirSync(path.dirname(file), { recursive: true })
    const { lines, whole } = existsSync(file) ? readJournal(file) : { lines: [], whole: true }
    for (const [index, line] of lines.entries()) {
      try {
        for (const change of EJSON.parse(line) as unknown as Change[]) store.#applyChange(change)
      } catch {
        throw new Error(`${file} is damaged at line ${index + 1}`)
      }
    }
    // The file is rewritten when its last line is incomplete, or it has far more lines than
    // documents
    if (!whole || lines.length > 2 * store.#count() + 1000) store.#rewrite(file)
    store.#journal = openSync(file, 'a')
    return store
  }

  collections(): string[] {
    return [...this.#collections.keys()]
  }

  has(collection: string): boolean {
    return this.#collections.has(collection)
  }

  /** Creates an empty collection unless it exists. */
  create(collection: string): void {
    if (!this.has(collection)) this.#collections.set(collection, new Map())
  }

  get(collection: string, id: string): Doc | undefined {
    return this.#collections.get(collection)?.get(id)?.doc
  }

  /** Returns a number that grows with every change of the document; 0 when there is no document. */
  version(collection: string, id: string): number {
    return this.#collections.get(collection)?.get(id)?.version ?? 0
  }

  size(collection: string): number {
    return this.#collections.get(collection)?.size ?? 0
  }

  *values(collection: string): IterableIterator<Doc> {
    for (const entry of this.#collections.get(collection)?.values() ?? []) yield entry.doc
  }

  put(collection: string, doc: Doc): void {
    this.apply([{ collection, id: doc._id, doc }])
  }

  delete(collection: string, id: string): void {
    this.apply([{ collection, id, doc: null }])
  }

  /** Applies all the changes, or none when the journal cannot be written. */
  apply(changes: readonly Change[]): void {
    if (changes.length === 0) return
    if (this.#journal !== undefined) append(this.#journal, `${serialise(changes)}\n`)
    for (const change of changes) this.#applyChange(change)
  }

  close(): void {
    if (this.#journal !== undefined) closeSync(this.#journal)
    this.#journal = undefined
  }

  #applyChange({ collection, id, doc }: Change): void {
    this.create(collection)
    const documents = this.#collections.get(collection)!
    if (doc === null) documents.delete(id)
    else documents.set(id, { doc: deepFreeze(doc), version: ++this.#versions })
  }

  #count(): number {
    return this.collections().reduce((sum, name) => sum + this.size(name), 0)
  }

  #rewrite(file: string): void {
    const lines = this.collections().flatMap((collection) =>
      [...this.values(collection)].map((doc) => serialise([{ collection, id: doc._id, doc }])),
    )
    writeFileSync(`${file}.new`, lines.map((line) => `${line}\n`).join(''))
    renameSync(`${file}.new`, file)
  }
}

/**
 * Appends the whole line, or nothing when the disk is full: part of a line would corrupt the next.
 */
function append(journal: number, line: string): void {
  const { size } = fstatSync(journal)
  try {
    appendFileSync(journal, line)
  } catch (error) {
    ftruncateSync(journal, size)
    throw error
  }
}

function serialise(changes: readonly Change[]): string {
  return EJSON.stringify(changes, { relaxed: false })
}

/**
 * Reads the lines. `whole` is false when a crash left an incomplete last line, which is left out.
 */
function readJournal(file: string): { lines: string[]; whole: boolean } {
  const text = readFileSync(file, 'utf8')
  const end = text.lastIndexOf('\n') + 1
  return { lines: text.slice(0, end).split('\n').slice(0, -1), whole: end === text.length }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}
