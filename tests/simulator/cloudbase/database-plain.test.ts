import fc from 'fast-check'
import { find, Query as MingoQuery } from 'mingo'
import {
  Database,
  type DatabaseOptions,
  type Doc,
} from '../../../simulator/cloudbase/database/database'
import { compilePlain } from '../../../simulator/cloudbase/database/plain-query'
import { sortPlain, type Order } from '../../../simulator/cloudbase/database/sort'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'

const MINGO_OPTIONS = { scriptEnabled: false }

/** Generates ordinary objects, as JSON.parse returns. */
const PLAIN = { noNullPrototype: true }
const OPTIONAL_KEYS = { ...PLAIN, requiredKeys: [] as [] }

/** Few values of each type, so that many are equal. */
const scalar = fc.constantFrom(0, 1, 2, -0, -1, 1.5, '', '0', '1', 'a', 'b', true, false)
const value = fc.oneof(
  { weight: 8, arbitrary: scalar },
  fc.constantFrom(null, Number.NaN, new Date(1), new Date(2)),
  fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 2 }),
)
const nested = fc.oneof(
  { weight: 3, arbitrary: fc.record({ state: value, n: value }, OPTIONAL_KEYS) },
  fc.array(fc.record({ state: value }, OPTIONAL_KEYS), { maxLength: 2 }),
  value,
)
const docs = fc
  .array(fc.record({ a: value, b: value, message: nested }, OPTIONAL_KEYS), {
    maxLength: 12,
  })
  .map((list) => list.map((doc, n): Doc => ({ ...doc, _id: `${n % 3}-${n}` })))

const field = fc.constantFrom('a', 'b', 'message', 'message.state', 'message.n', '_id')
const operand = fc.oneof({ weight: 9, arbitrary: scalar }, fc.constant(null))
const condition = fc.oneof(
  scalar,
  fc
    .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), operand)
    .map(([operator, wanted]) => ({ [operator]: wanted })),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), fc.array(operand, { maxLength: 3 }))
    .map(([operator, list]) => ({ [operator]: list })),
  fc.record({ $gte: operand, $lt: operand }, PLAIN),
  fc.record({ $exists: fc.boolean() }, PLAIN),
)
const clause = fc.dictionary(field, condition, { ...PLAIN, minKeys: 1, maxKeys: 2 })
const clauses = fc.array(clause, { minLength: 1, maxLength: 3 })
const query = fc.oneof(
  clause,
  clauses.map(($or) => ({ $or })),
  clauses.map(($and) => ({ $and })),
  fc
    .tuple(clause, clauses, clauses)
    .map(([own, $or, other]) => ({ ...own, $or, $and: [{ $or: other }] })),
)
const order = fc.dictionary(field, fc.constantFrom(1 as const, -1 as const), {
  ...PLAIN,
  minKeys: 1,
  maxKeys: 3,
})

function databaseOf(list: readonly Doc[], options: DatabaseOptions = {}): Database {
  const database = new Database(Store.open(), new SimulatedClock(), options)
  database.addCollection('c')
  database.insert('c', list)
  return database
}

const ids = (list: readonly Record<string, unknown>[]) => list.map(({ _id }) => _id)

test('any query, order and page give the same result as mingo', () => {
  let tested = 0
  fc.assert(
    fc.property(
      docs,
      query,
      order,
      fc.nat(3),
      fc.integer({ min: 1, max: 12 }),
      (list, wanted, sorting, skip, limit) => {
        const matcher = new MingoQuery<Doc>(wanted, MINGO_OPTIONS)
        const found = list.filter((doc) => matcher.test(doc))
        const expected = find<Doc>(found, {}, {}, MINGO_OPTIONS)
          .sort(sorting)
          .skip(skip)
          .limit(limit)
        const database = databaseOf(list)
        const page = database.find('c', { query: wanted, order: sorting, skip, limit })
        expect(ids(page)).toEqual(ids(expected.all()))
        expect(database.count('c', wanted)).toBe(found.length)
        const test = compilePlain(wanted)
        tested += list.filter((doc) => test?.(doc) !== undefined).length
      },
    ),
    { numRuns: 500 },
  )
  // Otherwise mingo would have been compared with itself
  expect(tested).toBeGreaterThan(250)
})

test('indexes change no result, also after documents change', () => {
  let served = 0
  fc.assert(
    fc.property(
      fc.array(order, { minLength: 1, maxLength: 2 }),
      docs,
      docs,
      query,
      fc.option(order, { nil: undefined }),
      fc.nat(3),
      fc.integer({ min: 1, max: 12 }),
      (keys, list, later, wanted, sorting, skip, limit) => {
        const wish = { query: wanted, skip, limit, ...(sorting && { order: sorting }) }
        let scans = 0
        const indexed = databaseOf(list, { indexes: { c: keys }, onFullScan: () => scans++ })
        const plain = databaseOf(list)
        expect(ids(indexed.find('c', wish))).toEqual(ids(plain.find('c', wish)))
        if (scans === 0) served++
        for (const database of [indexed, plain]) {
          database.remove('c', { a: 1 }, { multi: true })
          for (const doc of later) database.replace('c', { _id: doc._id }, doc)
          database.update('c', { b: 'a' }, { $set: { a: 2 } }, { multi: true })
        }
        expect(ids(indexed.find('c', wish))).toEqual(ids(plain.find('c', wish)))
        expect(indexed.count('c', wanted)).toBe(plain.count('c', wanted))
      },
    ),
    { numRuns: 500 },
  )
  // Otherwise two scans would have been compared.
  expect(served).toBeGreaterThan(125)
})

test('numbers, texts and absent values are sorted as by mingo, page by page', () => {
  const sortable = fc.option(fc.oneof(fc.nat(9), fc.constantFrom('', 'a', 'b')), { nil: undefined })
  const rows = fc.array(fc.record({ a: sortable, b: fc.nat(3) }), { minLength: 30, maxLength: 60 })
  const directions = fc.constantFrom(1 as const, -1 as const)
  fc.assert(
    fc.property(rows, directions, directions, fc.nat(70), (list, a, b, count) => {
      const docs = list.map((row, n) => ({ ...row, _id: `${n}` }))
      const sorting: Order = { a, b }
      const expected = find<Doc>(docs, {}, {}, MINGO_OPTIONS).sort(sorting).all().slice(0, count)
      expect(ids(sortPlain(docs, sorting, count)!)).toEqual(ids(expected))
    }),
    { numRuns: 500 },
  )
})
