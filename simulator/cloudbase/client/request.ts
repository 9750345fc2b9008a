import { isDate } from 'node:util/types'
import { isPlainObject } from '../../../project/plain-object'
import type { DatabaseRequest } from '../client-protocol'
import { cloneDeepWith } from '../clone-deep-with'
import type { Operators, Query } from '../database/database'
import { CloudBaseError } from '../errors'

const OPERATIONS = ['get', 'count', 'add', 'update', 'set', 'remove']

/** The operators of wx.cloud.database().command, by their MongoDB names. */
const QUERY_OPERATORS = new Set(
  (
    '$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $all $elemMatch $size $mod ' +
    '$regex $options'
  ).split(' '),
)
const UPDATE_OPERATORS = new Set(
  '$set $unset $inc $mul $min $max $push $pop $pull $pullAll $addToSet'.split(' '),
)
/** The operators that are allowed inside the values of an update operator. */
const UPDATE_MODIFIERS = new Set([...QUERY_OPERATORS, '$each', '$position', '$slice', '$sort'])

/** The most documents that the phone gets at a time (云开发 → 数据库 → 查询: 小程序端 20). */
const MAX_LIMIT = 20

/**
 * Checks that a value is a valid request.
 * @throws CloudBaseError INVALID_PARAM
 */
export function checkRequest(request: unknown): DatabaseRequest {
  if (!isPlainObject(request)) throw invalidParameter('request', 'an object')
  const { collection, op, id, where, orderBy, skip, limit, field, data } = request
  if (typeof collection !== 'string') throw invalidParameter('collection', 'a text')
  if (!OPERATIONS.includes(String(op))) throw invalidParameter('op', OPERATIONS.join(', '))
  if (id !== undefined && typeof id !== 'string') throw invalidParameter('id', 'a text')
  if (op === 'set' && id === undefined) throw invalidParameter('id', 'a text')
  if (where !== undefined && !isPlainObject(where)) throw invalidParameter('where', 'an object')
  if (orderBy !== undefined && !isOrder(orderBy))
    throw invalidParameter('orderBy', '[field, asc|desc][]')
  if (skip !== undefined && !isCount(skip)) throw invalidParameter('skip', 'a whole number')
  if (limit !== undefined && (!isCount(limit) || limit === 0)) {
    throw invalidParameter('limit', 'a whole number of at least 1')
  }
  if (field !== undefined && !isSelection(field))
    throw invalidParameter('field', '{ <field>: true }')
  if ((op === 'add' || op === 'set' || op === 'update') && !isPlainObject(data)) {
    throw invalidParameter('data', 'an object')
  }
  return request as unknown as DatabaseRequest
}

/** Returns the query of a request, with dates revived and `'{openid}'` replaced by the caller's. */
export function queryOf({ id, where = {} }: DatabaseRequest, openid: string, now: number): Query {
  if (id !== undefined) return { _id: id }
  checkOperators(where, QUERY_OPERATORS)
  const query = cloneDeepWith(where, (value) =>
    value === '{openid}' ? openid : reviveDate(value, now),
  )
  return query as Query
}

/** Returns the document of `add` or `set`. */
export function documentOf({ data = {} }: DatabaseRequest, now: number): Record<string, unknown> {
  const document = cloneDeepWith(data, (value) => reviveDate(value, now)) as Record<string, unknown>
  checkOperators(document, new Set())
  checkOwner(document)
  return document
}

/** Returns the operators of `update`; plain fields become a `$set`. */
export function operatorsOf({ data = {} }: DatabaseRequest, now: number): Operators {
  const change = cloneDeepWith(data, (value) => reviveDate(value, now)) as Operators
  const [first] = Object.keys(change)
  if (first?.startsWith('$') !== true) {
    checkOperators(change, new Set())
    checkOwner(change)
    return { $set: change }
  }
  for (const [operator, fields] of Object.entries(change)) {
    if (!UPDATE_OPERATORS.has(operator) || !isPlainObject(fields)) throw unknownOperator(operator)
    checkOperators(fields, UPDATE_MODIFIERS)
    checkOwner(fields)
  }
  return change
}

/** Returns the order, page and fields of `get`. */
export function pageOf({ orderBy = [], skip, limit = MAX_LIMIT, field }: DatabaseRequest) {
  const order = orderBy.map(([name, direction]) => [name, direction === 'desc' ? -1 : 1] as const)
  return {
    ...(order.length === 0 ? {} : { order: Object.fromEntries(order) as Record<string, 1 | -1> }),
    ...(skip === undefined ? {} : { skip }),
    limit: Math.min(limit, MAX_LIMIT),
    ...(field === undefined ? {} : { projection: projectionOf(field) }),
  }
}

/** Returns JSON for the phone, with each Date as `{ $date: ms }`. */
export function toPhoneJson(value: unknown): unknown {
  return cloneDeepWith(value, (part) => (isDate(part) ? { $date: part.getTime() } : undefined))
}

function reviveDate(value: unknown, now: number): Date | undefined {
  if (!isPlainObject(value) || Object.keys(value).length !== 1) return undefined
  if (typeof value.$date === 'number') return new Date(value.$date)
  if (typeof value.$serverDate === 'number') return new Date(now + value.$serverDate)
  return undefined
}

function checkOperators(value: unknown, allowed: Set<string>): void {
  cloneDeepWith(value, (part) => {
    if (isPlainObject(part)) {
      const refused = Object.keys(part).find((key) => key.startsWith('$') && !allowed.has(key))
      if (refused !== undefined && reviveDate(part, 0) === undefined) throw unknownOperator(refused)
    }
    return undefined
  })
}

/** Refuses to let the phone write `_openid`, which only the platform writes. */
function checkOwner(fields: Record<string, unknown>): void {
  if (Object.hasOwn(fields, '_openid')) throw invalidParameter('data', 'no _openid')
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

function projectionOf(field: Record<string, boolean>): Record<string, 0 | 1> {
  return Object.fromEntries(Object.entries(field).map(([name, on]) => [name, on ? 1 : 0]))
}

function unknownOperator(operator: string): CloudBaseError {
  return new CloudBaseError('DATABASE_INVALID_OPERRATOR', `${operator} is not available here`)
}

function invalidParameter(name: string, expected: string): CloudBaseError {
  return new CloudBaseError('INVALID_PARAM', `${name}: expected ${expected}`)
}
