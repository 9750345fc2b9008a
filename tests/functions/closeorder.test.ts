import { MINUTE, newKey, openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const gateway = () => shop.simulator.gateway

describe('cancelling an order', () => {
  test('within five minutes keeps it 未支付, with close_requested_at', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    const closing = await shopper.order('closeorder', order)
    expect(closing.status).toBe(0)
    expect(closing.close_requested_at).toBeGreaterThanOrEqual(order.created_at)
    expect(gateway().ledger.trade(order.out_trade_no)?.closed_at).toBeUndefined()
  })

  test('within five minutes lets the first query after that close it', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.order('closeorder', order)
    shop.simulator.clock.advance(5 * MINUTE)
    const closed = await shopper.order('orderquery', order)
    expect(closed).toMatchObject({ status: 2, trade_state: 'CLOSED' })
    expect(gateway().ledger.trade(order.out_trade_no)?.closed_at).toBeDefined()
  })

  test('after five minutes closes it at once', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    shop.simulator.clock.advance(6 * MINUTE)
    expect(await shopper.order('closeorder', order)).toMatchObject({ status: 2 })
  })

  test('that has been paid is refused, and the order becomes 已支付', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    expect(await shopper.call('closeorder', order)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
    expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 1 })
  })

  test('does not prevent a payment before it is closed', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.order('closeorder', order)
    await shopper.confirm(order)
    shop.simulator.clock.advance(5 * MINUTE)
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 1 })
  })

  test('twice changes nothing the second time', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    const closing = await shopper.order('closeorder', order)
    expect(await shopper.order('closeorder', order)).toEqual(closing)
  })

  test('means that its key no longer returns a paySign', async () => {
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

  test('is stored even if WeChat does not reply', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    gateway().faults.inject('orderquery', { kind: 'reset', when: 'before', times: 2 })
    const closing = await shopper.order('closeorder', order)
    expect(closing).toMatchObject({ status: 0, close_requested_at: expect.any(Number) })
    expect(shop.stored(order.out_trade_no)).toEqual(closing)
  })

  test('that was paid with a wrong amount is refused, because it needs a person', async () => {
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
  test('an unpaid order is closed by the first query after it expires', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    shop.simulator.clock.advance(30 * MINUTE)
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 2 })
  })

  test('an order that never reached the gateway is closed after it expires', async () => {
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
  test('is refunded by the shop, and a deleted order is listed again', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    // WeChat reports the order as closed, but a payment that had begun still succeeds.
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
