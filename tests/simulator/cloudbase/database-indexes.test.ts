import {
  Database,
  type DatabaseOptions,
  type Find,
} from '../../../simulator/cloudbase/database/database'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'

const INDEXES = {
  orders: [
    { _openid: 1, hidden: 1, created_at: -1 },
    { next_check_at: 1, _id: 1 },
  ],
} as const

/** Creates 1,000 orders of ten shoppers; every second one is hidden, every fifth is due. */
function openDatabase(options: DatabaseOptions): Database {
  const database = new Database(Store.open(), new SimulatedClock(), options)
  database.addCollection('orders')
  database.insert(
    'orders',
    Array.from({ length: 1000 }, (_, n) => ({
      _id: `order-${n}`,
      _openid: `shopper-${n % 10}`,
      hidden: n % 20 < 10,
      created_at: (n * 7919) % 1000,
      ...(n % 5 === 0 && { next_check_at: n }),
    })),
  )
  return database
}

/** Returns how many documents a query reads. */
function read(database: Database, find: Find): number {
  const before = database.documentsRead
  database.find('orders', find)
  return database.documentsRead - before
}

describe('a query reads', () => {
  const database = openDatabase({ indexes: INDEXES })

  test.each<[what: string, find: Find, documents: number]>([
    ['one document by its _id', { query: { _id: 'order-7' } }, 1],
    ['one document by its _id and other fields', { query: { _id: 'order-7', hidden: true } }, 1],
    [
      'a page of an index, if it has all fields of the order',
      {
        query: { _openid: 'shopper-3', hidden: true, created_at: { $lt: 900 } },
        order: { created_at: -1 },
        limit: 20,
      },
      20,
    ],
    [
      'a page in the reverse order of an index',
      { query: { _openid: 'shopper-3', hidden: true }, order: { created_at: 1 }, limit: 20 },
      20,
    ],
    [
      'the page after a row, not the rows before it',
      {
        query: {
          $and: [
            { next_check_at: { $lte: 900 } },
            { next_check_at: { $gte: 500 } },
            { $or: [{ next_check_at: { $gt: 500 } }, { next_check_at: 500, _id: { $gt: 'x' } }] },
          ],
        },
        order: { next_check_at: 1, _id: 1 },
        limit: 10,
      },
      11,
    ],
    [
      'all that its first fields match, if the order is another',
      { query: { _openid: 'shopper-3' }, order: { next_check_at: 1 }, limit: 1 },
      100,
    ],
    ['the ranges of a list', { query: { _openid: { $in: ['shopper-1', 'shopper-2'] } } }, 200],
    ['nothing for an empty list', { query: { _openid: { $in: [] } } }, 0],
    ['a page by _id without a condition', { query: {}, order: { _id: 1 }, limit: 5 }, 5],
    ['all if no index has the field', { query: { created_at: { $gt: 990 } } }, 1000],
    ['no more than it returns without order and condition', { query: {}, limit: 5 }, 5],
  ])('%s', (_what, find, documents) => {
    expect(read(database, find)).toBe(documents)
  })
})

describe('a full scan', () => {
  const scans: string[] = []
  const database = openDatabase({
    indexes: INDEXES,
    onFullScan: (collection, fields) => scans.push(`${collection} ${fields.join(', ')}`),
  })
  beforeEach(() => scans.splice(0))

  test('is reported with its fields, once for the same fields', () => {
    for (const created_at of [1, 2]) {
      database.find('orders', { query: { created_at }, order: { hidden: 1 } })
      database.count('orders', { $or: [{ hidden: true }, { created_at }] })
    }
    expect(scans).toEqual(['orders created_at, hidden', 'orders hidden, created_at'])
  })

  test('is not reported if an index serves the query, or if the query wants everything', () => {
    database.find('orders', { query: { _openid: 'shopper-1' } })
    database.find('orders', { query: {} })
    database.update('orders', { _id: 'order-1' }, { $set: { hidden: true } }, { multi: true })
    expect(scans).toEqual([])
  })

  test('is not made for a pipeline whose first stage an index serves', () => {
    const before = database.documentsRead
    const stages = [{ $match: { _openid: 'shopper-1' } }, { $count: 'orders' }]
    expect(database.aggregate('orders', stages)).toEqual([{ orders: 100 }])
    expect(database.documentsRead - before).toBe(100)
    expect(scans).toEqual([])
  })
})

test('an index has documents that were added, changed and removed after it was built', () => {
  const database = openDatabase({ indexes: INDEXES })
  const due = {
    query: { next_check_at: { $gte: 990 } },
    order: { next_check_at: 1, _id: 1 },
  } as const
  const ids = () => database.find('orders', due).map(({ _id }) => _id)
  expect(ids()).toEqual(['order-990', 'order-995'])
  database.insert('orders', [{ _id: 'new', next_check_at: 992 }])
  database.update('orders', { _id: 'order-995' }, { $set: { next_check_at: 991 } }, { multi: true })
  database.update('orders', { _id: 'order-5' }, { $set: { next_check_at: 999 } }, { multi: true })
  expect(ids()).toEqual(['order-990', 'order-995', 'new', 'order-5'])
  database.remove('orders', { _id: 'order-990' }, { multi: true })
  database.update('orders', { _id: 'new' }, { $unset: { next_check_at: '' } }, { multi: true })
  expect(ids()).toEqual(['order-995', 'order-5'])
})
