/**
 * A fast path for the simple part of MongoDB's queries: comparisons of texts, numbers and booleans,
 * alone or in lists, combined by $and and $or. It finds the same documents as mingo
 * (database-plain.test.ts), which handles all other queries.
 */
import { isPlainObject } from '../../../project/plain-object'
import { UNCLEAR, pathOf, valueAt } from './paths'

/** A query in MongoDB's language. */
export type Query = Record<string, unknown>

/** Tests a document; returns `undefined` when mingo must test it. */
export type PlainTest = (doc: object) => boolean | undefined

export type Scalar = string | number | boolean
type Comparison = (value: unknown) => boolean

/** Compiles a query into a test; returns `undefined` when it is not plain. */
export function compilePlain(query: Record<string, unknown>): PlainTest | undefined {
  return combine(
    false,
    Object.entries(query).map(([name, condition]) => {
      if (name === '$and') return combine(false, compileAll(condition))
      if (name === '$or') return combine(true, compileAll(condition))
      return compileField(name, condition)
    }),
  )
}

function compileAll(clauses: unknown): (PlainTest | undefined)[] {
  if (!Array.isArray(clauses) || clauses.length === 0) return [undefined]
  return clauses.map((clause: unknown) =>
    isPlainObject(clause) ? compilePlain(clause) : undefined,
  )
}

/**
 * Combines tests; the first result that equals `decisive` decides: true for `or`, false for `and`.
 */
function combine(decisive: boolean, tests: (PlainTest | undefined)[]): PlainTest | undefined {
  if (!allDefined(tests)) return undefined
  if (tests.length === 1) return tests[0]
  return (doc) => {
    let result: boolean | undefined = !decisive
    for (const test of tests) {
      const part = test(doc)
      if (part === decisive) return decisive
      if (part === undefined) result = undefined
    }
    return result
  }
}

function compileField(name: string, condition: unknown): PlainTest | undefined {
  const path = pathOf(name)
  const comparisons = isPlainObject(condition)
    ? Object.entries(condition).map(([operator, operand]) => comparison(operator, operand))
    : [comparison('$eq', condition)]
  if (path === undefined || comparisons.length === 0 || !allDefined(comparisons)) return undefined
  return (doc) => {
    const value = valueAt(doc, path)
    return value === UNCLEAR ? undefined : comparisons.every((holds) => holds(value))
  }
}

/** Returns the comparison. Values of different types never compare (MongoDB: type bracketing). */
function comparison(operator: string, operand: unknown): Comparison | undefined {
  if (operator === '$in' || operator === '$nin') {
    if (!Array.isArray(operand) || !operand.every(isScalar)) return undefined
    const list = new Set<unknown>(operand)
    return operator === '$in' ? (value) => list.has(value) : (value) => !list.has(value)
  }
  if (!isScalar(operand)) return undefined
  const comparable = (value: unknown): value is Scalar => typeof value === typeof operand
  switch (operator) {
    case '$eq':
      return (value) => value === operand
    case '$ne':
      return (value) => value !== operand
    case '$gt':
      return (value) => comparable(value) && value > operand
    case '$gte':
      return (value) => comparable(value) && value >= operand
    case '$lt':
      return (value) => comparable(value) && value < operand
    case '$lte':
      return (value) => comparable(value) && value <= operand
    default:
      return undefined
  }
}

/** Returns whether a value is a text, a number or a boolean. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number'
    ? !Number.isNaN(value)
    : typeof value === 'string' || typeof value === 'boolean'
}

function allDefined<T>(items: (T | undefined)[]): items is T[] {
  return !items.includes(undefined)
}
