import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Database } from '../../../simulator/cloudbase/database/database'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'
import { temporaryFolder } from './support'

const folder = temporaryFolder()
const clock = new SimulatedClock()
let file: string
let store: Store | undefined
let runs = 0

function restart(): Database {
  store?.close()
  store = Store.open(file)
  return new Database(store, clock)
}
afterEach(() => store?.close())

beforeEach(() => {
  file = path.join(folder, `${++runs}.jsonl`)
  const database = restart()
  database.addCollection('orders')
  database.insert('orders', [{ _id: 'a', at: new Date(1000) }])
  database.insert('orders', [{ _id: 'b' }])
})

test('documents and their dates survive a restart', () => {
  expect(restart().get('orders', 'a')).toEqual({ _id: 'a', at: new Date(1000) })
})

test('an empty collection survives a restart', () => {
  restart().addCollection('empty')
  expect(restart().count('empty', {})).toBe(0)
})

test('a removed document does not come back', () => {
  restart().remove('orders', { _id: 'a' }, { multi: false })
  expect(restart().get('orders', 'a')).toBeUndefined()
})

test('only an incomplete last line is dropped', () => {
  appendFileSync(file, '[{"collection":"database/orders","id":"c","do')
  expect(restart().find('orders', { query: {} })).toHaveLength(2)
})

test('documents written after a dropped line are kept', () => {
  appendFileSync(file, '[{"collection":"database/orders","id":"c","do')
  restart().insert('orders', [{ _id: 'd' }])
  expect(restart().get('orders', 'd')).toEqual({ _id: 'd' })
})

test('a transaction is atomic in the journal', () => {
  const database = restart()
  const id = database.transactions.begin()
  const view = database.transactions.get(id)
  database.insert('orders', [{ _id: 'c' }], view)
  database.remove('orders', { _id: 'a' }, { multi: false }, view)
  database.transactions.commit(id)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  writeFileSync(file, lines.slice(0, -1).join('\n') + `\n${lines.at(-1)!.slice(0, -1)}`)
  expect(
    restart()
      .find('orders', { query: {} })
      .map((doc) => doc._id),
  ).toEqual(['a', 'b'])
})

test("the store's other collections cannot be reached", () => {
  const shared = Store.open()
  shared.put('ledger', { _id: 'secret' })
  const database = new Database(shared, clock)
  database.addCollection('ledger')
  expect(database.find('ledger', { query: {} })).toEqual([])
})

test('a collection name with a slash is invalid', () => {
  expect(() => restart().addCollection('messages/sent')).toThrow('not a valid collection name')
})
