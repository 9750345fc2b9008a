import BTree from 'sorted-btree'
import type { Doc } from '../../kit/store'
import { UNCLEAR, pathOf, valueAt } from './paths'
import { compareValues, rank } from './sort'

/** The fields of an index, the most significant first: 1 is ascending, -1 descending. */
export type IndexKeys = Readonly<Record<string, 1 | -1>>

/** Where a range of one field ends: at a value, or at the first or last value of a type. */
export interface Bound {
  value: unknown
  /** whether the value itself is in the range */
  inclusive: boolean
}

/** The part of an index that a query reads. `low` and `high` are in the order of values. */
export interface Range {
  /** the values of the first fields */
  prefix: readonly unknown[]
  /** the bounds of the next field; undefined: all its values */
  next?: { low: Bound; high: Bound } | undefined
}

/** Stands before (-1) or after (1) all values of one rank. */
export class TypeEdge {
  constructor(
    readonly rank: number,
    readonly side: -1 | 1,
  ) {}
}

/** `values` of a document; or of a bound, which may have fewer and whose `row` is infinite. */
interface Key {
  values: readonly unknown[]
  row: number
}

/**
 * Keeps documents sorted by some of their fields, and equal ones by row: the order in which they
 * were added to the collection. A document that has an array, NaN or an object in one of the fields
 * has no place in this order: it is in `unsorted`.
 */
export class SortedIndex {
  readonly fields: readonly string[]
  readonly directions: readonly (1 | -1)[]
  readonly unsorted = new Map<string, Doc>()
  readonly #paths: readonly (string[] | undefined)[]
  readonly #rows: ReadonlyMap<string, number>
  readonly #keys = new Map<string, Key>()
  readonly #tree: BTree<Key, Doc>

  /**
   * @param docs all documents of the collection
   * @param rows the row of each document, also of those that are added later
   */
  constructor(keys: IndexKeys, docs: Iterable<Doc>, rows: ReadonlyMap<string, number>) {
    this.fields = Object.keys(keys)
    this.directions = Object.values(keys)
    this.#paths = this.fields.map(pathOf)
    this.#rows = rows
    this.#tree = new BTree(undefined, (a: Key, b: Key) => this.#compare(a, b))
    for (const doc of docs) this.set(doc._id, doc)
  }

  /** Adds or replaces the document with this id; removes it if `doc` is null. */
  set(id: string, doc: Doc | null): void {
    const previous = this.#keys.get(id)
    if (previous) this.#tree.delete(previous)
    this.#keys.delete(id)
    this.unsorted.delete(id)
    if (doc === null) return
    const values = this.#paths.map((path) => (path ? valueAt(doc, path) : UNCLEAR))
    if (!values.every((value) => rank(value) !== undefined)) {
      this.unsorted.set(id, doc)
      return
    }
    const key = { values, row: this.#rows.get(id)! }
    this.#keys.set(id, key)
    this.#tree.set(key, doc)
  }

  /** Yields the documents of a range in the order of the index. */
  *ascending(range: Range): Generator<Doc> {
    const { first, last } = this.#ends(range)
    for (const [key, doc] of this.#tree.entries(first)) {
      if (this.#compare(key, last) > 0) return
      yield doc
    }
  }

  /** Yields the documents of a range in the reverse order; equal ones by row, as `ascending` does. */
  *descending(range: Range): Generator<Doc> {
    const { first, last } = this.#ends(range)
    let equal: { key: Key; doc: Doc }[] = []
    for (const [key, doc] of this.#tree.entriesReversed(last)) {
      if (this.#compare(key, first) < 0) break
      if (equal.length > 0 && this.#compareFields(equal[0]!.key, key) !== 0) {
        for (const { doc } of equal.reverse()) yield doc
        equal = []
      }
      equal.push({ key, doc })
    }
    for (const { doc } of equal.reverse()) yield doc
  }

  #ends({ prefix, next }: Range): { first: Key; last: Key } {
    if (!next) {
      return { first: { values: prefix, row: -Infinity }, last: { values: prefix, row: Infinity } }
    }
    const isAscending = this.directions[prefix.length] === 1
    const [start, end] = isAscending ? [next.low, next.high] : [next.high, next.low]
    return {
      first: { values: [...prefix, start.value], row: start.inclusive ? -Infinity : Infinity },
      last: { values: [...prefix, end.value], row: end.inclusive ? Infinity : -Infinity },
    }
  }

  #compare(a: Key, b: Key): number {
    const sign = this.#compareFields(a, b)
    return sign === 0 ? a.row - b.row : sign
  }

  #compareFields(a: Key, b: Key): number {
    const length = Math.min(a.values.length, b.values.length)
    for (let n = 0; n < length; n++) {
      const sign = compareBounds(a.values[n], b.values[n])
      if (sign !== 0) return sign * this.directions[n]!
    }
    return 0
  }
}

function compareBounds(a: unknown, b: unknown): number {
  const ranks = rankOf(a) - rankOf(b)
  if (ranks !== 0) return ranks
  if (a instanceof TypeEdge) return b instanceof TypeEdge ? a.side - b.side : a.side
  return b instanceof TypeEdge ? -b.side : compareValues(a, b)
}

const rankOf = (value: unknown) => (value instanceof TypeEdge ? value.rank : rank(value)!)
