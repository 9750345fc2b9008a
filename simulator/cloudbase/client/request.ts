import { isDate } from 'node:util/types'
import { isPlainObject } from '../../../project/plain-object'
import type { DatabaseRequest } from '../client-protocol'
import type { Operators, Query } from '../database/database'
import { CloudBaseError } from '../errors'
import { rebuild } from '../rebuild'

const OPERATIONS = ['get', 'count', 'add', 'update', 'set', 'remove']

/** The operators of wx.cloud.database().command, in MongoDB's words. */
const QUERY_OPERATORS = new Set(
  (
    '$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $all $elemMatch $size $mod ' +
    '$regex $options'
  ).split(' '),
)
const UPDATE_OPERATORS = new Set(
  '$set $unset $inc $mul $min $max $push $pop $pull $pullAll $addToSet'.split(' '),
)
/** What may stand beside the values that an update operator is given. */
const UPDATE_MODIFIERS = new Set([...QUERY_OPERATORS, '$each', '$position', '$slice', '$sort'])

/** The phone gets at most this many documents at a time (云开发 → 数据库 → 查询: 小程序端 20). */
const MAX_LIMIT = 20

/** Checks that what came over the wire is a request. @throws CloudBaseError INVALID_PARAM */
export function checkRequest(request: unknown): DatabaseRequest {
  if (!isPlainObject(request)) throw invalid('request', 'an object')
  const { collection, op, id, where, orderBy, skip, limit, field, data } = request
  if (typeof collection !== 'string') throw invalid('collection', 'a text')
  if (!OPERATIONS.includes(String(op))) throw invalid('op', OPERATIONS.join(', '))
  if (id !== undefined && typeof id !== 'string') throw invalid('id', 'a text')
  if (op === 'set' && id === undefined) throw invalid('id', 'a text')
  if (where !== undefined && !isPlainObject(where)) throw invalid('where', 'an object')
  if (orderBy !== undefined && !isOrder(orderBy)) throw invalid('orderBy', '[field, asc|desc][]')
  if (skip !== undefined && !isCount(skip)) throw invalid('skip', 'a whole number')
  if (limit !== undefined && (!isCount(limit) || limit === 0)) {
    throw invalid('limit', 'a whole number of at least 1')
  }
  if (field !== undefined && !isSelection(field)) throw invalid('field', '{ <field>: true }')
  if ((op === 'add' || op === 'set' || op === 'update') && !isPlainObject(data)) {
    throw invalid('data', 'an object')
  }
  return request as unknown as DatabaseRequest
}

/** The query of a request: its dates revived, `'{openid}'` replaced by the caller's own. */
export function queryOf({ id, where = {} }: DatabaseRequest, openid: string, now: number): Query {
  if (id !== undefined) return { _id: id }
  checkOperators(where, QUERY_OPERATORS)
  const query = rebuild(where, (value) => (value === '{openid}' ? openid : reviveDate(value, now)))
  return query as Query
}

/** The document of `add` or `set`. */
export function documentOf({ data = {} }: DatabaseRequest, now: number): Record<string, unknown> {
  const document = rebuild(data, (value) => reviveDate(value, now)) as Record<string, unknown>
  checkOperators(document, new Set())
  checkOwner(document)
  return document
}

/** The change of `update`: plain fields are what `$set` would be given. */
export function operatorsOf({ data = {} }: DatabaseRequest, now: number): Operators {
  const change = rebuild(data, (value) => reviveDate(value, now)) as Operators
  const [first] = Object.keys(change)
  if (first?.startsWith('$') !== true) {
    checkOperators(change, new Set())
    checkOwner(change)
    return { $set: change }
  }
  for (const [operator, fields] of Object.entries(change)) {
    if (!UPDATE_OPERATORS.has(operator) || !isPlainObject(fields)) throw unknown(operator)
    checkOperators(fields, UPDATE_MODIFIERS)
    checkOwner(fields)
  }
  return change
}

/** Order, page and fields of `get`. */
export function pageOf({ orderBy = [], skip, limit = MAX_LIMIT, field }: DatabaseRequest) {
  const order = orderBy.map(([name, direction]) => [name, direction === 'desc' ? -1 : 1] as const)
  return {
    ...(order.length === 0 ? {} : { order: Object.fromEntries(order) as Record<string, 1 | -1> }),
    ...(skip === undefined ? {} : { skip }),
    limit: Math.min(limit, MAX_LIMIT),
    ...(field === undefined ? {} : { projection: numbered(field) }),
  }
}

/** JSON for the phone: a Date leaves as `{ $date: ms }`. */
export function forPhone(value: unknown): unknown {
  return rebuild(value, (part) => (isDate(part) ? { $date: part.getTime() } : undefined))
}

function reviveDate(value: unknown, now: number): Date | undefined {
  if (!isPlainObject(value) || Object.keys(value).length !== 1) return undefined
  if (typeof value.$date === 'number') return new Date(value.$date)
  if (typeof value.$serverDate === 'number') return new Date(now + value.$serverDate)
  return undefined
}

function checkOperators(value: unknown, allowed: Set<string>): void {
  rebuild(value, (part) => {
    if (isPlainObject(part)) {
      const refused = Object.keys(part).find((key) => key.startsWith('$') && !allowed.has(key))
      if (refused !== undefined && reviveDate(part, 0) === undefined) throw unknown(refused)
    }
    return undefined
  })
}

/** Whose a document is, the platform writes; the phone cannot. */
function checkOwner(fields: Record<string, unknown>): void {
  if (Object.hasOwn(fields, '_openid')) throw invalid('data', 'no _openid')
}

function isOrder(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (pair: unknown) =>
        Array.isArray(pair) &&
        typeof pair[0] === 'string' &&
        (pair[1] === 'asc' || pair[1] === 'desc'),
    )
  )
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}

function isSelection(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    Object.entries(value).every(([key, on]) => !key.startsWith('$') && typeof on === 'boolean')
  )
}

function numbered(field: Record<string, boolean>): Record<string, 0 | 1> {
  return Object.fromEntries(Object.entries(field).map(([name, on]) => [name, on ? 1 : 0]))
}

function unknown(operator: string): CloudBaseError {
  return new CloudBaseError('DATABASE_INVALID_OPERRATOR', `${operator} is not available here`)
}

function invalid(name: string, expected: string): CloudBaseError {
  return new CloudBaseError('INVALID_PARAM', `${name}: expected ${expected}`)
}
