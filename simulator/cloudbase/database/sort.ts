import { UNCLEAR, pathOf, valueAt } from './paths'

/** Fields to sort by, the most significant first: 1 is ascending, -1 descending. */
export type Order = Record<string, 1 | -1>

/** The values of one field to sort by, in the order of the documents. */
interface Column {
  values: unknown[]
  direction: 1 | -1
}

type Compare = (a: number, b: number) => number

/**
 * Returns the first `count` documents in this order. The sort is stable, like mingo's
 * (database-plain.test.ts), and much faster.
 * @returns undefined if values must be compared that have no rank
 */
export function sortPlain<T extends object>(
  docs: readonly T[],
  order: Order,
  count: number,
): T[] | undefined {
  const columns = Object.entries(order).map(([name, direction]): Column => {
    const path = pathOf(name)
    return { values: docs.map((doc) => (path ? valueAt(doc, path) : UNCLEAR)), direction }
  })
  if (!columns.every(({ values }) => values.every(isSortable))) return undefined
  const compare: Compare = (a, b) => {
    for (const { values, direction } of columns) {
      const sign = compareValues(values[a], values[b])
      if (sign !== 0) return sign * direction
    }
    return 0
  }
  return firstRows(docs.length, count, compare).map((row) => docs[row]!)
}

/** Returns the first `count` of the rows 0 to `size` - 1, without sorting all of them. */
function firstRows(size: number, count: number, compare: Compare): number[] {
  if (count >= size) return Array.from({ length: size }, (_row, row) => row).sort(compare)
  const first: number[] = []
  for (let row = 0; row < size && count > 0; row++) {
    if (first.length === count && compare(first[count - 1]!, row) <= 0) continue
    first.splice(insertionIndex(row, first, compare), 0, row)
    if (first.length > count) first.pop()
  }
  return first
}

/** Returns the index at which to insert a row into sorted ones: after equal ones. */
function insertionIndex(row: number, sorted: readonly number[], compare: Compare): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(sorted[middle]!, row) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function isSortable(value: unknown): boolean {
  return rank(value) !== undefined
}

/** Compares two values that have a rank. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  const ranks = rank(a)! - rank(b)!
  if (ranks !== 0) return ranks
  // Two absent values are equal, even if one of them is null
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0
}

/**
 * Returns a value's rank in MongoDB's order of types: absent, numbers, texts, booleans, dates;
 * undefined for other values.
 */
export function rank(value: unknown): number | undefined {
  if (typeof value === 'number') return 1
  if (typeof value === 'string') return 2
  if (typeof value === 'boolean') return 3
  if (value instanceof Date) return 4
  return value === undefined || value === null ? 0 : undefined
}
