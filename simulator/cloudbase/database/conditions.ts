import { isPlainObject } from '../../../project/plain-object'
import { isScalar, type Query, type Scalar } from './plain-query'
import type { Bound } from './sorted-index'

/** What a query demands of one field. Conditions that no index can use are left out. */
export interface Condition {
  /** the only values that the field can have */
  points?: readonly Scalar[]
  low?: Bound
  high?: Bound
}

/** The conditions of a query, by field. */
export type Conditions = ReadonlyMap<string, Condition>

/** Collects the conditions that every match must meet, by field. */
export function conditionsOf(query: Query): Conditions {
  const conditions = new Map<string, Condition>()
  const collect = (part: Query) => {
    for (const [name, wanted] of Object.entries(part)) {
      if (name === '$and' && Array.isArray(wanted)) wanted.filter(isPlainObject).forEach(collect)
      else if (!name.startsWith('$')) {
        const known = { ...conditionOf(wanted), ...conditions.get(name) }
        if (Object.keys(known).length > 0) conditions.set(name, known)
      }
    }
  }
  collect(query)
  return conditions
}

function conditionOf(wanted: unknown): Condition {
  if (isScalar(wanted)) return { points: [wanted] }
  if (!isPlainObject(wanted)) return {}
  const condition: Condition = {}
  for (const [operator, operand] of Object.entries(wanted)) {
    if (operator === '$in' && Array.isArray(operand) && operand.every(isScalar)) {
      condition.points = [...new Set(operand)]
    }
    if (!isScalar(operand)) continue
    if (operator === '$eq') condition.points = [operand]
    if (operator === '$gt' || operator === '$gte') {
      condition.low = { value: operand, inclusive: operator === '$gte' }
    }
    if (operator === '$lt' || operator === '$lte') {
      condition.high = { value: operand, inclusive: operator === '$lte' }
    }
  }
  return condition
}
