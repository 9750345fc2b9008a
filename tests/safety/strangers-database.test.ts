import type { Order } from '../../typings/contract'
import { openShop, type Shopper, type TestShop } from '../support/shop'

/* Phones that query the database directly, with every kind of request that the platform accepts. */

let shop: TestShop
let owner: Shopper
let order: Order
beforeAll(async () => {
  shop = await openShop()
  owner = shop.shopper(1)
  order = await owner.paidOrder()
})
afterAll(() => shop.close())

type Request = Record<string, unknown>

/** Returns the reply to a phone: documents, a count, or `refused`. */
function ask(shopper: number, request: Request): unknown {
  try {
    const { client } = shop.simulator.phone(shopper)
    const { data, total } = client.database(request)
    return data ?? total
  } catch (error) {
    return (error as { errCode?: number }).errCode === undefined ? error : 'refused'
  }
}

function snapshotOfDatabase(): string {
  const { database } = shop.simulator.cloud
  const collections = database.collections()
  return JSON.stringify([
    collections,
    ...collections.map((name) => database.find(name, { query: {} })),
  ])
}

const DATA = { name: '便宜货', price: 1, status: 4, total_fee: 1, hidden: true }

/** Selects one document, the caller's own, all, and those that operators match. */
const TARGETS = (collection: string): Request[] => [
  { id: collection === 'orders' ? order._id : 'jidangan' },
  { id: 'new' },
  {},
  { where: {} },
  { where: { _openid: '{openid}' } },
  { where: { _openid: '{openid}', _id: order._id } },
  { where: { _openid: owner.openid } },
  { where: { _openid: { $ne: '' } } },
  { where: { _openid: { $regex: '.*' } } },
  { where: { $or: [{ _openid: '{openid}' }, { status: { $gte: 0 } }] } },
]

/** Every kind of write to each target. */
const WRITES: readonly (readonly [string, (collection: string) => Request[]])[] = [
  ['add', () => [{ data: DATA }, { data: { ...DATA, _id: 'new' } }]],
  ['set', (collection) => TARGETS(collection).map((target) => ({ ...target, data: DATA }))],
  [
    'update',
    (collection) =>
      TARGETS(collection).flatMap((target) => [
        { ...target, data: DATA },
        { ...target, data: { $set: DATA } },
        { ...target, data: { $inc: { price: -1, status: 1 } } },
        { ...target, data: { $unset: { sign: '' } } },
      ]),
  ],
  ['remove', TARGETS],
]

describe.each(['goods', 'orders'])('%s', (collection) => {
  test.each(WRITES)('are not changed by any %s of the owner or a stranger', (op, requests) => {
    const before = snapshotOfDatabase()
    for (const request of requests(collection)) {
      for (const shopper of [1, 2]) {
        const reply = ask(shopper, { collection, op, ...request })
        expect([request, reply]).toEqual([request, 'refused'])
      }
    }
    expect(snapshotOfDatabase()).toBe(before)
  })
})

describe.each(['get', 'count'])('%s of orders', (op) => {
  test('gives a stranger nothing, with any query', () => {
    for (const target of TARGETS('orders')) {
      const reply = ask(2, { collection: 'orders', op, ...target })
      expect([target, ['refused', '', '0']]).toEqual([
        target,
        expect.arrayContaining([String(reply)]),
      ])
    }
  })

  test('gives the owner their own orders when the query names the owner', () => {
    const where = { _openid: '{openid}' }
    const reply = ask(1, { collection: 'orders', op, where })
    expect(reply).toEqual(op === 'get' ? [order] : 1)
  })

  test('without the owner in the query is refused even to the owner', () => {
    for (const target of [{}, { id: order._id }, { where: { _id: order._id } }]) {
      expect(ask(1, { collection: 'orders', op, ...target })).toBe('refused')
    }
  })
})

test('every phone can read the goods', () => {
  expect(ask(2, { collection: 'goods', op: 'get' })).toEqual(
    shop.simulator.cloud.database.find('goods', { query: {} }),
  )
})

test.each(['trades', 'refunds', 'messages', 'users', '__proto__', 'orders/../goods', ''])(
  'a phone can neither read nor create the collection %p',
  (collection) => {
    const before = snapshotOfDatabase()
    for (const op of ['get', 'count', 'add', 'set', 'update', 'remove']) {
      const reply = ask(2, { collection, op, id: 'x', data: DATA })
      expect([op, reply]).toEqual([op, 'refused'])
    }
    expect(snapshotOfDatabase()).toBe(before)
  },
)

test.each([null, 7, 'orders', [], {}, { collection: 'orders', op: 'aggregate' }])(
  'the malformed request %j is refused',
  (request) => {
    expect(ask(2, request as any)).toBe('refused')
  },
)
