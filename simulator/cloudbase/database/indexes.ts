import type { Doc } from '../../kit/store'
import type { Condition, Conditions } from './conditions'
import type { Scalar } from './plain-query'
import { rank, type Order } from './sort'
import { type Bound, type IndexKeys, type Range, SortedIndex, TypeEdge } from './sorted-index'

/** Documents for a query: those that it reads and must still test, or those that match. */
export interface Plan {
  docs: Iterable<Doc>
  /** whether they are in the wanted order; otherwise in the order in which they were added */
  isSorted: boolean
}

/** Every collection has this one (MongoDB: the default _id index). */
const ID_INDEX: IndexKeys = { _id: 1 }

/** The most ranges that one query reads of an index: the combinations of its $in lists. */
const MAX_RANGES = 100

/** How an index would answer a query. */
interface Candidate {
  keys: IndexKeys
  ranges: Range[]
  /** set if the index has the wanted order */
  direction: 1 | -1 | undefined
  /** the higher, the fewer documents are read */
  score: number
}

/** The indexes of one collection. Each is built when a query uses it for the first time. */
export class Indexes {
  readonly #keys: readonly IndexKeys[]
  readonly #values: () => Iterable<Doc>
  readonly #built = new Map<IndexKeys, SortedIndex>()
  /** the rows of all documents, once an index is built */
  readonly #rows = new Map<string, number>()
  #nextRow = 0

  /** @param values returns all documents, in the order in which they were added */
  constructor(keys: readonly IndexKeys[], values: () => Iterable<Doc>) {
    this.#keys = [ID_INDEX, ...keys]
    this.#values = values
  }

  /** Follows a change of the collection. `doc` is null if the document was removed. */
  set(id: string, doc: Doc | null): void {
    if (this.#built.size === 0) return
    if (doc !== null) this.#addRow(id)
    for (const index of this.#built.values()) index.set(id, doc)
    if (doc === null) this.#rows.delete(id)
  }

  /** Returns how the best index answers a query; undefined if none serves it. */
  plan(conditions: Conditions, order: Order | undefined): Plan | undefined {
    const [best] = this.#keys
      .flatMap((keys) => candidate(keys, conditions, order) ?? [])
      .sort((a, b) => b.score - a.score)
    return best && this.#read(best)
  }

  #read({ keys, ranges, direction }: Candidate): Plan {
    const index = this.#index(keys)
    if (direction !== undefined && index.unsorted.size === 0) {
      const docs = direction === 1 ? index.ascending(ranges[0]!) : index.descending(ranges[0]!)
      return { docs, isSorted: true }
    }
    const docs = ranges.flatMap((range) => [...index.ascending(range)])
    const row = ({ _id }: Doc) => this.#rows.get(_id)!
    const sorted = [...docs, ...index.unsorted.values()].sort((a, b) => row(a) - row(b))
    return { docs: sorted, isSorted: false }
  }

  #index(keys: IndexKeys): SortedIndex {
    const known = this.#built.get(keys)
    if (known) return known
    const docs = [...this.#values()]
    for (const { _id } of docs) this.#addRow(_id)
    const index = new SortedIndex(keys, docs, this.#rows)
    this.#built.set(keys, index)
    return index
  }

  #addRow(id: string): void {
    if (!this.#rows.has(id)) this.#rows.set(id, this.#nextRow++)
  }
}

function candidate(
  keys: IndexKeys,
  conditions: Conditions,
  order: Order | undefined,
): Candidate | undefined {
  const fields = Object.keys(keys)
  let prefixes: Scalar[][] = [[]]
  for (const field of fields) {
    const points = conditions.get(field)?.points
    if (!points || prefixes.length * points.length > MAX_RANGES) break
    prefixes = prefixes.flatMap((prefix) => points.map((point) => [...prefix, point]))
  }
  const depth = prefixes[0]?.length ?? fields.length
  const next = boundsOf(conditions.get(fields[depth] ?? ''))
  const direction = order && prefixes.length === 1 ? directionOf(keys, depth, order) : undefined
  const score = 2 * depth + (next ? 1 : 0) + (direction === undefined ? 0 : 1)
  if (score === 0) return undefined
  return { keys, ranges: prefixes.map((prefix) => ({ prefix, next })), direction, score }
}

/** Returns the bounds of a range; undefined if a condition has none. An open end is that of the type. */
function boundsOf(condition: Condition | undefined): Range['next'] {
  const known = condition?.low ?? condition?.high
  if (!condition || !known) return undefined
  const open = (side: -1 | 1): Bound => ({
    value: new TypeEdge(rank(known.value)!, side),
    inclusive: true,
  })
  return { low: condition.low ?? open(-1), high: condition.high ?? open(1) }
}

/**
 * Returns in which direction an index has the wanted order; undefined if it has another one. The
 * order must name all fields of the index behind the first `depth`, which have one value each, so
 * that the result never depends on whether an index exists.
 */
function directionOf(keys: IndexKeys, depth: number, order: Order): 1 | -1 | undefined {
  const fields = Object.entries(keys)
  const fixed = new Set(fields.slice(0, depth).map(([name]) => name))
  const wanted = Object.entries(order).filter(([name]) => !fixed.has(name))
  const rest = fields.slice(depth)
  const isSame = wanted.length === rest.length && rest.every(([name], n) => name === wanted[n]![0])
  if (!isSame) return undefined
  const signs = new Set(rest.map(([, sign], n) => sign * wanted[n]![1]))
  if (signs.size === 0) return 1
  return signs.size === 1 ? ([...signs][0] as 1 | -1) : undefined
}
