import path from 'node:path'
import { SimulatedClock } from '../../../simulator/clock'
import { Database } from '../../../simulator/cloudbase/database/database'
import { Store } from '../../../simulator/store'
import { temporaryFolder } from './support'

const folder = temporaryFolder()
const stores: Store[] = []
afterAll(() => stores.forEach((store) => store.close()))

/** A database on disk with this many orders. */
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

/** ms of one call, in the middle of many, taking turns so that a busy machine slows both alike. */
function costs(task: (database: Database, turn: number) => void, databases: Database[]): number[] {
  const times = databases.map(() => [] as number[])
  for (let turn = 0; turn < 201; turn++) {
    for (const [index, database] of databases.entries()) {
      const start = process.hrtime.bigint()
      task(database, turn)
      times[index]!.push(Number(process.hrtime.bigint() - start))
    }
  }
  return times.map(median)
}

describe('with 100,000 documents, as with 10,', () => {
  let databases: Database[]
  beforeAll(() => (databases = [databaseOf(10), databaseOf(100_000)]))

  // a scan of 100,000 documents costs some thousand times as much as a look-up
  const bound = 5
  const expectAlike = ([small, large]: number[]) => expect(large! / small!).toBeLessThan(bound)

  test('a compare-and-set costs the same', () => {
    const swap = (database: Database, rev: number) =>
      database.update(
        'orders',
        { _id: 'order-5', rev },
        { $set: { rev: rev + 1 } },
        { multi: true },
      )
    expectAlike(costs(swap, databases))
  })

  test('a compare-and-set inside $and costs the same', () => {
    const swap = (database: Database) =>
      database.update(
        'orders',
        { $and: [{ body: '一本书' }, { _id: { $eq: 'order-6' } }] },
        { $inc: { rev: 1 } },
        { multi: true },
      )
    expectAlike(costs(swap, databases))
  })

  test('adding costs the same', () => {
    const add = (database: Database) => database.insert('orders', [{ rev: 0 }])
    expectAlike(costs(add, databases))
  })

  test('reading some by _id costs the same', () => {
    const read = (database: Database) =>
      database.find('orders', { query: { _id: { $in: ['order-1', 'order-2'] } } })
    expectAlike(costs(read, databases))
  })
})
