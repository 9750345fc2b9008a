import path from 'node:path'
import { find } from 'mingo'
import { Database, type Doc } from '../../../simulator/cloudbase/database/database'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'
import { temporaryFolder } from './support'

const folder = temporaryFolder()
const stores: Store[] = []
afterAll(() => stores.forEach((store) => store.close()))

/** Creates a database on disk with this many orders. */
function databaseOf(size: number): Database {
  const store = Store.open(path.join(folder, `${size}.jsonl`))
  stores.push(store)
  const database = new Database(store, new SimulatedClock())
  database.addCollection('orders')
  database.insert(
    'orders',
    Array.from({ length: size }, (_item, n) => ({ _id: `order-${n}`, rev: 0, body: '一本书' })),
  )
  return database
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/**
 * Returns the ratio of a call's median time in the second database to that in the first. The calls
 * alternate, so that a busy machine slows both equally.
 */
function costRatio(databases: Database[], task: (database: Database, turn: number) => void) {
  const times = databases.map(() => [] as number[])
  for (let turn = 0; turn < 201; turn++) {
    for (const [index, database] of databases.entries()) {
      const start = process.hrtime.bigint()
      task(database, turn)
      times[index]!.push(Number(process.hrtime.bigint() - start))
    }
  }
  const [first, second] = times.map(median)
  return second! / first!
}

test('the due documents of 10,000 are found many times faster than by mingo', () => {
  const database = new Database(Store.open(), new SimulatedClock())
  database.addCollection('orders')
  const docs = Array.from({ length: 10_000 }, (_item, n) => {
    return { _id: `order-${n}`, status: n % 5, next_check_at: (n * 7919) % 10_007, body: '一本书' }
  })
  database.insert('orders', docs)
  const query = { status: { $in: [0, 3] }, next_check_at: { $lte: 9000 } }
  const order = { next_check_at: 1, _id: 1 } as const
  const times = [[], []] as [number[], number[]]
  for (let turn = 0; turn < 15; turn++) {
    let start = performance.now()
    const page = database.find('orders', { query, order, limit: 100 })
    times[0].push(performance.now() - start)
    start = performance.now()
    const expected = find<Doc>(docs, query).sort(order).limit(100).all()
    times[1].push(performance.now() - start)
    expect(page).toEqual(expected)
  }
  expect(median(times[1]) / median(times[0])).toBeGreaterThan(4)
})

describe('with 100,000 documents, as with 10,', () => {
  let databases: Database[]
  beforeAll(() => (databases = [databaseOf(10), databaseOf(100_000)]))

  // A scan of 100,000 documents takes thousands of times as long as a lookup
  const maxRatio = 5

  test('a compare-and-set costs the same', () => {
    const ratio = costRatio(databases, (database, rev) =>
      database.update(
        'orders',
        { _id: 'order-5', rev },
        { $set: { rev: rev + 1 } },
        { multi: true },
      ),
    )
    expect(ratio).toBeLessThan(maxRatio)
  })

  test('a compare-and-set inside $and costs the same', () => {
    const ratio = costRatio(databases, (database) =>
      database.update(
        'orders',
        { $and: [{ body: '一本书' }, { _id: { $eq: 'order-6' } }] },
        { $inc: { rev: 1 } },
        { multi: true },
      ),
    )
    expect(ratio).toBeLessThan(maxRatio)
  })

  test('an insert costs the same', () => {
    const ratio = costRatio(databases, (database) => database.insert('orders', [{ rev: 0 }]))
    expect(ratio).toBeLessThan(maxRatio)
  })

  test('a read by _id costs the same', () => {
    const ratio = costRatio(databases, (database) =>
      database.find('orders', { query: { _id: { $in: ['order-1', 'order-2'] } } }),
    )
    expect(ratio).toBeLessThan(maxRatio)
  })
})
