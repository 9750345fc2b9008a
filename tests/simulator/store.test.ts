import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Store } from '../../simulator/kit/store'

const folder = mkdtempSync(path.join(tmpdir(), 'store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let file: string
let runs = 0
const stores: Store[] = []
beforeEach(() => (file = path.join(folder, `${++runs}`, 'journal.jsonl')))

afterEach(() => stores.forEach((store) => store.close()))

function openStore(): Store {
  const store = Store.open(file)
  stores.push(store)
  return store
}

function reopenStore(store: Store): Store {
  store.close()
  return openStore()
}

test('a stored document can be read', () => {
  const store = Store.open()
  store.put('c', { _id: 'a', n: 1 })
  expect(store.get('c', 'a')).toEqual({ _id: 'a', n: 1 })
})

test('a stored document cannot be changed in place', () => {
  const store = Store.open()
  store.put('c', { _id: 'a', nested: { n: 1 } })
  expect(Object.isFrozen(store.get('c', 'a')!.nested)).toBe(true)
})

test('the version of a document grows with every change', () => {
  const store = Store.open()
  store.put('c', { _id: 'a' })
  const before = store.version('c', 'a')
  store.put('c', { _id: 'a' })
  expect(store.version('c', 'a')).toBeGreaterThan(before)
})

test('the version of a document that does not exist is 0', () => {
  expect(Store.open().version('c', 'a')).toBe(0)
})

test('documents, dates and removals are the same after reopening', () => {
  const store = openStore()
  store.put('c', { _id: 'a', at: new Date(5) })
  store.put('c', { _id: 'b' })
  store.delete('c', 'b')
  expect([...reopenStore(store).values('c')]).toEqual([{ _id: 'a', at: new Date(5) }])
})

test('a batch with an incomplete line is dropped as a whole', () => {
  const store = openStore()
  store.put('c', { _id: 'a' })
  store.apply([
    { collection: 'c', id: 'b', doc: { _id: 'b' } },
    { collection: 'c', id: 'd', doc: { _id: 'd' } },
  ])
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -2))
  expect([...reopenStore(store).values('c')]).toEqual([{ _id: 'a' }])
})

test('an incomplete line does not corrupt the next one', () => {
  const store = openStore()
  store.put('c', { _id: 'a' })
  appendFileSync(file, '[{"coll')
  const second = reopenStore(store)
  second.put('c', { _id: 'b' })
  expect(reopenStore(second).size('c')).toBe(2)
})

test('a damaged line in the middle is reported, not skipped', () => {
  const store = openStore()
  store.put('c', { _id: 'a' })
  appendFileSync(file, 'nonsense\n')
  store.put('c', { _id: 'b' })
  expect(() => reopenStore(store)).toThrow('is damaged at line 2')
})

test('a long journal is rewritten with only the current documents', () => {
  const store = openStore()
  for (let n = 0; n < 1100; n++) store.put('c', { _id: 'a', n })
  reopenStore(store).close()
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1)
})
