import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Database } from '../../../simulator/cloudbase/database/database'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'
import { Seed } from '../../../simulator/settings/seed'

const root = mkdtempSync(path.join(tmpdir(), 'seed-'))
afterAll(() => rmSync(root, { recursive: true }))

let database: Database
let seed: Seed
beforeEach(() => {
  database = new Database(Store.open(), new SimulatedClock())
  database.addCollection('goods')
  seed = new Seed({
    name: 'goods',
    collection: { seed: 'goods.json' },
    project: { root, miniprogramRoot: root, cloudfunctionRoot: root },
    database,
    fileID: String,
  })
})

const save = (...docs: object[]) =>
  writeFileSync(path.join(root, 'goods.json'), docs.map((doc) => JSON.stringify(doc)).join('\n'))
const stored = () => database.find('goods', { query: {} })

const TEA = { _id: 'tea', price: 1 }
const CAKE = { _id: 'cake', price: 2 }

test('the file is written the first time', () => {
  save(TEA, CAKE)
  expect(seed.apply()).toEqual({ changed: 2, removed: 0 })
  expect(stored()).toEqual([TEA, CAKE])
})

describe('the file that is saved later', () => {
  beforeEach(() => {
    save(TEA, CAKE)
    seed.apply()
  })

  test('changes what is different in it, adds what is new, and removes what is gone', () => {
    const milk = { _id: 'milk', price: 3 }
    save({ ...TEA, price: 9 }, milk)
    expect(seed.apply()).toEqual({ changed: 2, removed: 1 })
    expect(stored()).toEqual([{ ...TEA, price: 9 }, milk])
  })

  test('leaves alone what was edited, added or removed in the database meanwhile', () => {
    database.update('goods', { _id: 'cake' }, { $set: { price: 50 } }, { multi: false })
    database.insert('goods', [{ _id: 'own', price: 7 }])
    save({ ...TEA, price: 9 }, CAKE)
    seed.apply()
    expect(stored()).toEqual([
      { ...TEA, price: 9 },
      { ...CAKE, price: 50 },
      { _id: 'own', price: 7 },
    ])
  })

  test('changes nothing when a line is wrong or the file is gone', () => {
    save({ ...TEA, price: 9 }, ['no document'])
    expect(() => seed.apply()).toThrow('goods.json:2: is not a document')
    rmSync(path.join(root, 'goods.json'))
    expect(() => seed.apply()).toThrow('goods.json: is missing')
    expect(stored()).toEqual([TEA, CAKE])
  })
})
