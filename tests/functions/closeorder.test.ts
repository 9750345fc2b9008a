import { MINUTE, newKey, openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const gateway = () => shop.simulator.gateway

describe('cancelling', () => {
  test('within five minutes the order waits: still 未支付, with close_requested_at', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    const closing = await shopper.order('closeorder', order)
    expect(closing.status).toBe(0)
    expect(closing.close_requested_at).toBeGreaterThanOrEqual(order.created_at)
    expect(gateway().ledger.trade(order.out_trade_no)?.closed_at).toBeUndefined()
  })

  test('after five minutes the next look finishes it', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.order('closeorder', order)
    shop.simulator.clock.advance(5 * MINUTE)
    const closed = await shopper.order('orderquery', order)
    expect(closed).toMatchObject({ status: 2, trade_state: 'CLOSED' })
    expect(gateway().ledger.trade(order.out_trade_no)?.closed_at).toBeDefined()
  })

  test('an order older than five minutes is closed at once', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    shop.simulator.clock.advance(6 * MINUTE)
    expect(await shopper.order('closeorder', order)).toMatchObject({ status: 2 })
  })

  test('an order that was paid meanwhile is not closed but paid', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    expect(await shopper.call('closeorder', order)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
    expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 1 })
  })

  test('a payment between the wish and the closing wins', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.order('closeorder', order)
    await shopper.confirm(order)
    shop.simulator.clock.advance(5 * MINUTE)
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 1 })
  })

  test('the wish is kept when the shopper wishes it again', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    const closing = await shopper.order('closeorder', order)
    expect(await shopper.order('closeorder', order)).toEqual(closing)
  })

  test('a closing order yields no paySign for its key any more', async () => {
    const shopper = shop.shopper(1)
    const request = { goods_id: 'jidangan', key: newKey() }
    const order = await shopper.order('unifiedorder', request)
    await shopper.order('closeorder', order)
    const again = await shopper.order('unifiedorder', request)
    expect(again.out_trade_no).toBe(order.out_trade_no)
    for (const name of ['prepay_id', 'time_stamp', 'nonce_str', 'sign']) {
      expect(again).not.toHaveProperty(name)
    }
  })

  test('when WeChat does not answer, the wish is written down all the same', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    gateway().faults.inject('orderquery', { kind: 'reset', when: 'before', times: 2 })
    const closing = await shopper.order('closeorder', order)
    expect(closing).toMatchObject({ status: 0, close_requested_at: expect.any(Number) })
    expect(shop.stored(order.out_trade_no)).toEqual(closing)
  })

  test('an order that was paid with another amount is for a person, not to be cancelled', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder('zongzi')
    await shopper.confirm(order)
    const other = (reply: object) => ({ ...reply, total_fee: '1' }) as any
    gateway().faults.inject('orderquery', { kind: 'alter', change: other, resign: true })
    expect(await shopper.call('closeorder', order)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
    expect(shop.stored(order.out_trade_no)).not.toHaveProperty('close_requested_at')
  })
})

describe('expiry', () => {
  test('an unpaid order is closed by the first look after its time', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    shop.simulator.clock.advance(30 * MINUTE)
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 2 })
  })

  test('an order that never reached the gateway is closed once its time has run out', async () => {
    const shopper = shop.shopper(1)
    gateway().faults.inject('unifiedorder', { kind: 'reset', when: 'before', times: 2 })
    const before = shop.simulator.orders().length
    await expect(shopper.newOrder()).rejects.toThrow('UNKNOWN')
    expect(shop.simulator.orders()).toHaveLength(before + 1)
    const order = shop.simulator.orders().find((row) => row['sign'] === undefined)!
    const data = { out_trade_no: order._id }
    expect(await shopper.order('orderquery', data)).toMatchObject({ status: 0 })
    shop.simulator.clock.advance(31 * MINUTE)
    expect(await shopper.order('orderquery', data)).toMatchObject({ status: 2 })
  })
})

describe('a payment that comes after closing', () => {
  test('is refunded by the shop itself, and the order shown again', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    // WeChat calls the order closed, and yet a payment that was under way goes through.
    gateway().faults.inject('orderquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, trade_state: 'CLOSED' }),
      resign: true,
    })
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 2 })
    await shopper.order('deleteorder', order)
    await shopper.confirm(order)
    const late = await shopper.order('orderquery', order)
    expect(late).toMatchObject({ status: 3, hidden: false, paid_fee: 1 })
    shop.simulator.clock.advance(5000)
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 4 })
    expect(gateway().ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })
})
