import type { Order } from '../../typings/contract'
import { openShop, type Shopper, type TestShop } from '../support/shop'

/* Phones that go to the database themselves, with any request that the platform takes. */

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

/** What a phone gets back: documents, a count, or `refused`. */
function ask(shopper: number, request: Request): unknown {
  try {
    const { client } = shop.simulator.phone(shopper)
    const { data, total } = client.database(request)
    return data ?? total
  } catch (error) {
    return (error as { errCode?: number }).errCode === undefined ? error : 'refused'
  }
}

function everything(): string {
  const { database } = shop.simulator.cloud
  const collections = database.collections()
  return JSON.stringify([
    collections,
    ...collections.map((name) => database.find(name, { query: {} })),
  ])
}

const DATA = { name: '便宜货', price: 1, status: 4, total_fee: 1, hidden: true }

/** One document, the caller's own ones, all of them, and those that operators find. */
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

/** Every way to write, to each target. */
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
  test.each(WRITES)('are not changed by %s, whoever asks and however', (op, requests) => {
    const before = everything()
    for (const request of requests(collection)) {
      for (const shopper of [1, 2]) {
        const answer = ask(shopper, { collection, op, ...request })
        expect([request, answer]).toEqual([request, 'refused'])
      }
    }
    expect(everything()).toBe(before)
  })
})

describe.each(['get', 'count'])('%s of orders', (op) => {
  test('gives a stranger nothing, however asked', () => {
    for (const target of TARGETS('orders')) {
      const answer = ask(2, { collection: 'orders', op, ...target })
      expect([target, ['refused', '', '0']]).toEqual([
        target,
        expect.arrayContaining([String(answer)]),
      ])
    }
  })

  test('gives the owner what is theirs, when asked for just that', () => {
    const where = { _openid: '{openid}' }
    const answer = ask(1, { collection: 'orders', op, where })
    expect(answer).toEqual(op === 'get' ? [order] : 1)
  })

  test('without the owner in the question is refused even to the owner', () => {
    for (const target of [{}, { id: order._id }, { where: { _id: order._id } }]) {
      expect(ask(1, { collection: 'orders', op, ...target })).toBe('refused')
    }
  })
})

test('goods are for everybody to read', () => {
  expect(ask(2, { collection: 'goods', op: 'get' })).toEqual(
    shop.simulator.cloud.database.find('goods', { query: {} }),
  )
})

test.each(['trades', 'refunds', 'messages', 'users', '__proto__', 'orders/../goods', ''])(
  'there is no collection %p for a phone to read or to make',
  (collection) => {
    const before = everything()
    for (const op of ['get', 'count', 'add', 'set', 'update', 'remove']) {
      const answer = ask(2, { collection, op, id: 'x', data: DATA })
      expect([op, answer]).toEqual([op, 'refused'])
    }
    expect(everything()).toBe(before)
  },
)

test.each([null, 7, 'orders', [], {}, { collection: 'orders', op: 'aggregate' }])(
  'a request %j that is none is refused',
  (request) => {
    expect(ask(2, request as any)).toBe('refused')
  },
)
