import { update } from 'mingo/updater'
import { isPlainObject } from '../../../project/plain-object'
import type { Doc } from '../../kit/store'
import { CloudBaseError } from '../errors'
import { rebuild } from '../rebuild'
import { MINGO_OPTIONS } from './query'

/** MongoDB's update operators: `{ $set: { … }, $inc: { … } }`. */
export type Operators = Record<string, Record<string, unknown>>

const isNumber = (value: unknown) => typeof value === 'number'

/** What must already stand in a field, if anything does, for an operator to apply. */
const OPERANDS: Record<string, { is: (value: unknown) => boolean; type: string }> = {
  $inc: { is: isNumber, type: 'a number' },
  $mul: { is: isNumber, type: 'a number' },
  $push: { is: Array.isArray, type: 'an array' },
  $addToSet: { is: Array.isArray, type: 'an array' },
  $pop: { is: Array.isArray, type: 'an array' },
  $pull: { is: Array.isArray, type: 'an array' },
  $pullAll: { is: Array.isArray, type: 'an array' },
}

/** Operators that leave a missing path missing. */
const NEVER_CREATE = new Set(['$unset', '$pop', '$pull', '$pullAll', '$rename'])

/**
 * A changed copy of the document.
 * @throws CloudBaseError where MongoDB refuses what mingo would silently skip or overwrite
 */
export function updated(doc: Doc, operators: Operators): Doc {
  for (const [operator, fields] of Object.entries(operators)) {
    for (const path of Object.keys(fields)) assertApplicable(doc, operator, path.split('.'))
  }
  const copy = rebuild(doc) as Doc
  if (isPlain(operators)) return applyPlain(copy, operators)
  update(copy, operators, [], {}, { cloneMode: 'deep', queryOptions: MINGO_OPTIONS })
  return copy
}

type Plain = { $set?: Record<string, unknown>; $unset?: Record<string, unknown> }

/** Whether whole top-level fields are set or taken away: mingo makes a long business of it. */
function isPlain(operators: Operators): operators is Plain & Operators {
  return Object.entries(operators).every(
    ([operator, fields]) =>
      (operator === '$set' || operator === '$unset') &&
      Object.keys(fields).every((name) => /^\w+$/.test(name) && name !== '__proto__'),
  )
}

function applyPlain(copy: Doc, { $set = {}, $unset = {} }: Plain): Doc {
  Object.assign(copy, rebuild($set))
  for (const name of Object.keys($unset)) delete copy[name]
  return copy
}

function assertApplicable(doc: Doc, operator: string, path: string[]): void {
  let value: unknown = doc
  for (const [depth, key] of path.entries()) {
    if (value === undefined) return
    if (!holds(value, key)) {
      if (NEVER_CREATE.has(operator)) return
      refuse(`Cannot create field '${key}' in element {${path[depth - 1]}: ${show(value)}}`)
    }
    value = (value as Record<string, unknown>)[key]
  }
  const operand = OPERANDS[operator]
  if (value !== undefined && operand !== undefined && !operand.is(value)) {
    refuse(`Cannot apply ${operator} to '${path.join('.')}': ${show(value)} is not ${operand.type}`)
  }
}

/** Whether `value` has, or can be given, a field `key`: a null, a number or a text never. */
function holds(value: unknown, key: string): boolean {
  return Array.isArray(value) ? /^(\d+|\$.*)$/.test(key) : isPlainObject(value)
}

function show(value: unknown): string {
  return JSON.stringify(value)
}

function refuse(message: string): never {
  throw new CloudBaseError('DATABASE_REQUEST_FAILED', message)
}
