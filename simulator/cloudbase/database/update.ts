import { update } from 'mingo/updater'
import { isPlainObject } from '../../../project/plain-object'
import type { Doc } from '../../kit/store'
import { cloneDeepWith } from '../clone-deep-with'
import { CloudBaseError } from '../errors'
import { MINGO_OPTIONS } from './query'

/** MongoDB's update operators: `{ $set: { … }, $inc: { … } }`. */
export type Operators = Record<string, Record<string, unknown>>

const isNumber = (value: unknown) => typeof value === 'number'

/** The type that a field's existing value must have for an operator to apply. */
const OPERANDS: Record<string, { is: (value: unknown) => boolean; type: string }> = {
  $inc: { is: isNumber, type: 'a number' },
  $mul: { is: isNumber, type: 'a number' },
  $push: { is: Array.isArray, type: 'an array' },
  $addToSet: { is: Array.isArray, type: 'an array' },
  $pop: { is: Array.isArray, type: 'an array' },
  $pull: { is: Array.isArray, type: 'an array' },
  $pullAll: { is: Array.isArray, type: 'an array' },
}

/** The operators that do not create a missing path. */
const NEVER_CREATE = new Set(['$unset', '$pop', '$pull', '$pullAll', '$rename'])

/**
 * Returns an updated copy of the document.
 * @throws CloudBaseError where MongoDB refuses an update that mingo would silently skip or apply
 */
export function applyUpdate(doc: Doc, operators: Operators): Doc {
  for (const [operator, fields] of Object.entries(operators)) {
    for (const path of Object.keys(fields)) assertApplicable(doc, operator, path.split('.'))
  }
  const copy = cloneDeepWith(doc) as Doc
  if (setsWholeFields(operators)) return applyPlain(copy, operators)
  update(copy, operators, [], {}, { cloneMode: 'deep', queryOptions: MINGO_OPTIONS })
  return copy
}

type PlainOperators = { $set?: Record<string, unknown>; $unset?: Record<string, unknown> }

/** Returns whether only whole top-level fields are set or unset, for which mingo is slow. */
function setsWholeFields(operators: Operators): operators is PlainOperators & Operators {
  return Object.entries(operators).every(
    ([operator, fields]) =>
      (operator === '$set' || operator === '$unset') &&
      Object.keys(fields).every((name) => /^\w+$/.test(name) && name !== '__proto__'),
  )
}

function applyPlain(copy: Doc, { $set = {}, $unset = {} }: PlainOperators): Doc {
  Object.assign(copy, cloneDeepWith($set))
  for (const name of Object.keys($unset)) delete copy[name]
  return copy
}

function assertApplicable(doc: Doc, operator: string, path: string[]): void {
  let value: unknown = doc
  for (const [depth, key] of path.entries()) {
    if (value === undefined) return
    if (!canHold(value, key)) {
      if (NEVER_CREATE.has(operator)) return
      refuse(`Cannot create field '${key}' in element {${path[depth - 1]}: ${json(value)}}`)
    }
    value = (value as Record<string, unknown>)[key]
  }
  const operand = OPERANDS[operator]
  if (value !== undefined && operand !== undefined && !operand.is(value)) {
    refuse(`Cannot apply ${operator} to '${path.join('.')}': ${json(value)} is not ${operand.type}`)
  }
}

/** Returns whether `value` has or can have a field `key`; null, a number or a text cannot. */
function canHold(value: unknown, key: string): boolean {
  return Array.isArray(value) ? /^(\d+|\$.*)$/.test(key) : isPlainObject(value)
}

function json(value: unknown): string {
  return JSON.stringify(value)
}

function refuse(message: string): never {
  throw new CloudBaseError('DATABASE_REQUEST_FAILED', message)
}
