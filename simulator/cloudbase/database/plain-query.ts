/**
 * The plain part of MongoDB's queries, at the speed of hand-written code: comparisons of texts,
 * numbers and booleans, alone or in lists, joined by $and and $or. It finds what mingo finds
 * (database-plain.test.ts), and leaves to mingo what it does not know.
 */
import { isPlainObject } from '../../../project/plain-object'
import { UNCLEAR, pathOf, valueAt } from './paths'

/** `undefined` for a document that mingo must test. */
export type PlainTest = (doc: object) => boolean | undefined

type Scalar = string | number | boolean
type Comparison = (value: unknown) => boolean

/** @returns `undefined` when there is more in the query than is plain */
export function compilePlain(query: Record<string, unknown>): PlainTest | undefined {
  return joined(
    false,
    Object.entries(query).map(([name, condition]) => {
      if (name === '$and') return joined(false, compileAll(condition))
      if (name === '$or') return joined(true, compileAll(condition))
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

/** Tests of which one that is `decisive` decides: true for `or`, false for `and`. */
function joined(decisive: boolean, tests: (PlainTest | undefined)[]): PlainTest | undefined {
  if (!areKnown(tests)) return undefined
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
  if (path === undefined || comparisons.length === 0 || !areKnown(comparisons)) return undefined
  return (doc) => {
    const value = valueAt(doc, path)
    return value === UNCLEAR ? undefined : comparisons.every((holds) => holds(value))
  }
}

/** A value is never greater or less than one of another type (MongoDB: type bracketing). */
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

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number'
    ? !Number.isNaN(value)
    : typeof value === 'string' || typeof value === 'boolean'
}

function areKnown<T>(items: (T | undefined)[]): items is T[] {
  return !items.includes(undefined)
}
