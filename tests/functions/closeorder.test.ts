import { MINUTE, openShop, type TestShop } from '../support/shop'

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

  test('a closing order cannot be bought again with its key, and its wish is kept', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    const closing = await shopper.order('closeorder', order)
    expect(await shopper.order('closeorder', order)).toEqual(closing)
  })

  test('when WeChat does not answer, nothing is changed and the outcome said to be unknown', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    gateway().faults.inject('orderquery', { kind: 'reset', when: 'before', times: 2 })
    expect(await shopper.call('closeorder', order)).toMatchObject({ error: 'UNKNOWN' })
    expect(shop.stored(order.out_trade_no)).toEqual(order)
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
