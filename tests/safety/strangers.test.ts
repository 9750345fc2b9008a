import { ACTION_NAMES } from '../../cloudfunctions/pay/src/actions'
import type { Caller } from '../../simulator/cloudbase'
import type { Order, OrderStatus, PayReply } from '../../typings/contract'
import { MINUTE, openShop, type Shopper, type TestShop } from '../support/shop'
import { expectNoWrite } from './checker/no-write'

/* Strangers who call the shop's functions over sockets: each gets the fixed reply and writes nothing. */

let shop: TestShop
let owner: Shopper
let stranger: Shopper
/** The owner's orders, one in every status. */
let orders: Record<OrderStatus, Order>

beforeAll(async () => {
  shop = await openShop()
  owner = shop.shopper(1)
  stranger = shop.shopper(2)
  const [closed, refunded, refunding] = [
    await owner.newOrder(),
    await owner.paidOrder(),
    await owner.paidOrder(),
  ]
  await owner.order('refund', refunded)
  await owner.call('closeorder', closed)
  shop.simulator.clock.advance(6 * MINUTE)
  orders = {
    0: await owner.newOrder(),
    1: await owner.paidOrder(),
    2: await owner.order('orderquery', closed),
    3: await owner.order('refund', refunding),
    4: await owner.order('queryrefund', refunded),
  }
})
afterAll(() => shop.close())

const NOT_FOUND = { code: 1, error: 'ORDER_NOT_FOUND', message: '找不到订单' }
/** Every action on an existing order. */
const ACTIONS = ACTION_NAMES.filter((name) => name !== 'unifiedorder')
const UNKNOWN_NUMBER = 'f'.repeat(32)

/** Values that are not order numbers but that a database might accept as a query. */
const OPERATORS: readonly unknown[] = [
  { $ne: '' },
  { $gt: '' },
  { $exists: true },
  { $regex: '.*' },
  { $in: [UNKNOWN_NUMBER] },
  { $nin: [] },
  { $not: { $eq: '' } },
  { $or: [{}] },
  { $where: '1' },
  { $expr: true },
  [UNKNOWN_NUMBER],
  `${UNKNOWN_NUMBER}\n`,
  true,
  0,
  null,
]

const invoke = (name: string, event: object, caller: Caller) =>
  shop.simulator.cloud.functions.invoke(name, event, caller)

test('the owner has an order in every status', () => {
  expect(Object.values(orders).map(({ status }) => status)).toEqual([0, 1, 2, 3, 4])
})

describe.each(ACTIONS)('%s', (type) => {
  test('of another shopper’s order in any status gets the reply for an unknown order', () =>
    expectNoWrite(shop, async () => {
      const none = await stranger.call(type, { out_trade_no: UNKNOWN_NUMBER })
      expect(none).toEqual(NOT_FOUND)
      for (const { out_trade_no } of Object.values(orders)) {
        expect(await stranger.call(type, { out_trade_no })).toEqual(none)
      }
    }))

  test('with another shopper’s openid in the event gets the reply for an unknown order', () =>
    expectNoWrite(shop, async () => {
      const { openid } = owner
      const forged = { openid, _openid: openid, OPENID: openid, WX_OPENID: openid, openId: openid }
      const data = { out_trade_no: orders[1].out_trade_no, ...forged }
      const userInfo = { openId: openid }
      const event = { type, data, ...forged, userInfo, wxContext: { OPENID: openid } }
      const { result } = await shop.simulator.phone(2).client.callFunction('pay', event)
      expect(result).toEqual(NOT_FOUND)
    }))

  test('without an openid gets the reply for an unknown order', () =>
    expectNoWrite(shop, async () => {
      for (const { out_trade_no } of Object.values(orders)) {
        expect(await invoke('pay', { type, data: { out_trade_no } }, {})).toEqual(NOT_FOUND)
      }
    }))

  test('with an operator as the number gets the reply for an unknown order, also to the owner', () =>
    expectNoWrite(shop, async () => {
      for (const out_trade_no of OPERATORS) {
        expect(await owner.call(type, { out_trade_no })).toEqual(NOT_FOUND)
        expect(await stranger.call(type, { out_trade_no })).toEqual(NOT_FOUND)
      }
    }))
})

test('the number of another shopper’s refund reveals nothing and settles nothing', () =>
  expectNoWrite(shop, async () => {
    const { out_trade_no, refund } = orders[3]
    const { out_refund_no } = refund!
    shop.simulator.clock.advance(MINUTE)
    expect(await stranger.call('queryrefund', { out_trade_no, out_refund_no })).toEqual(NOT_FOUND)
    const own = await owner.order('queryrefund', {
      out_trade_no: orders[1].out_trade_no,
      out_refund_no,
    })
    expect(own).toEqual(orders[1])
  }))

describe('unifiedorder', () => {
  test.each([{ $ne: '' }, { $regex: '.*' }, { $in: ['jidangan'] }, ['jidangan'], null, 7])(
    'with %j as goods_id or key is refused',
    (value) =>
      expectNoWrite(shop, async () => {
        const [goods_id, key] = ['jidangan', UNKNOWN_NUMBER]
        for (const data of [
          { goods_id: value, key },
          { goods_id, key: value },
        ]) {
          expect(await stranger.call('unifiedorder', data)).toMatchObject({ error: 'BAD_REQUEST' })
        }
      }),
  )

  test('without an openid is refused', () =>
    expectNoWrite(shop, async () => {
      const data = { goods_id: 'jidangan', key: UNKNOWN_NUMBER }
      expect(await invoke('pay', { type: 'unifiedorder', data }, {})).toEqual(NOT_FOUND)
    }))

  test('with another shopper’s key makes a separate order', async () => {
    const data = { goods_id: 'jidangan', key: '0'.repeat(32) }
    const [theirs, ours] = [
      await owner.order('unifiedorder', data),
      await stranger.order('unifiedorder', data),
    ]
    expect(ours._id).not.toBe(theirs._id)
    expect(ours._openid).toBe(stranger.openid)
  })
})

test.each(['/', '/pay', '/pay-message', '/pay-reconcile', '/pay-notify/..%2fpay'])(
  'only pay-notify has a public address, not %s',
  (path) =>
    expectNoWrite(shop, async () => {
      const url = `${shop.simulator.cloud.httpAccess.url}${path}`
      const body = JSON.stringify({ type: 'deleteorder', data: orders[4] })
      expect((await fetch(url, { method: 'POST', body })).status).toBe(404)
    }),
)

test('a reply to the owner contains the whole order', async () => {
  const reply: PayReply = await owner.call('orderquery', orders[1])
  const data = shop.stored(orders[1].out_trade_no)
  expect(reply).toEqual({ code: 0, data, now: expect.any(Number) })
})
