import type { Order } from '../../typings/contract'
import { MINUTE, openShop, type Shopper, type TestShop } from '../support/shop'

let shop: TestShop
let shopper: Shopper
beforeAll(async () => {
  shop = await openShop()
  shopper = shop.shopper(1)
})
afterEach(async () => {
  shop.simulator.gateway.faults.clear()
  // Completes pending work, so that the next test starts without any.
  shop.simulator.clock.advance(60 * MINUTE)
  await run()
})
afterAll(() => shop.close())

/** Runs the timer, which calls pay-reconcile. */
const run = () => shop.simulator.cloud.timers.run('pay-reconcile')
const pass = (minutes: number) => shop.simulator.clock.advance(minutes * MINUTE)
const stored = ({ out_trade_no }: Order) => shop.stored(out_trade_no)
const messagesOf = ({ out_trade_no }: Order) =>
  shop.simulator.cloud.messages.sent().filter(({ page }) => page?.includes(out_trade_no))

describe('an unpaid order', () => {
  test('is not changed while it can be paid', async () => {
    const order = await shopper.newOrder()
    pass(29)
    expect(await run()).toEqual({ done: 0, failed: 0 })
    expect(stored(order)).toEqual(order)
  })

  test('is closed after it expires, also at WeChat', async () => {
    const order = await shopper.newOrder()
    pass(31)
    expect(await run()).toEqual({ done: 1, failed: 0 })
    expect(stored(order)).toMatchObject({ status: 2, trade_state: 'CLOSED' })
    expect(stored(order).next_check_at).toBeUndefined()
    expect(shop.simulator.gateway.ledger.trade(order.out_trade_no)!.closed_at).toBeDefined()
  })

  test('that was paid without a notification becomes 已支付 after it expires', async () => {
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    pass(31)
    await run()
    expect(stored(order)).toMatchObject({ status: 1 })
  })

  test('that the shopper cancelled is closed after five minutes', async () => {
    const order = await shopper.newOrder()
    expect(await shopper.order('closeorder', order)).toMatchObject({ status: 0 })
    pass(4)
    await run()
    expect(stored(order)).toMatchObject({ status: 0 })
    pass(1)
    await run()
    expect(stored(order)).toMatchObject({ status: 2 })
  })

  test('stays unpaid while WeChat does not reply, and is closed by a later run', async () => {
    const order = await shopper.newOrder()
    pass(31)
    shop.simulator.gateway.faults.inject('orderquery', { kind: 'reset', when: 'before', times: 2 })
    await run()
    expect(stored(order)).toMatchObject({ status: 0 })
    expect(await run()).toEqual({ done: 0, failed: 0 })
    pass(2)
    await run()
    expect(stored(order)).toMatchObject({ status: 2 })
  })
})

describe('a refund in flight', () => {
  test('becomes 已退款 without a query from a page', async () => {
    const order = await shopper.order('refund', await shopper.paidOrder())
    pass(1)
    expect(await run()).toEqual({ done: 1, failed: 0 })
    expect(stored(order)).toMatchObject({ status: 4 })
  })

  test('that never reached WeChat is requested again, with the same number', async () => {
    const order = await shopper.paidOrder()
    shop.simulator.gateway.faults.inject('refund', { kind: 'reset', when: 'before', times: 2 })
    expect(await shopper.call('refund', order)).toMatchObject({ error: 'UNKNOWN' })
    pass(1)
    await run()
    pass(2)
    await run()
    expect(stored(order)).toMatchObject({ status: 4, refund: { attempt: 1 } })
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })
})

describe('a message that is owed', () => {
  /** Creates an order that was settled by a notification, so that its message is owed. */
  async function withOwedMessage(): Promise<Order> {
    const { cloud, gateway } = shop.simulator
    cloud.messages.accept(shopper.openid, [shop.templateId, shop.templateId])
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    await gateway.notifications.sendNow(`payment:${order.out_trade_no}`)
    expect(stored(order).message).toEqual({ event: 'paid', state: 'owed' })
    return order
  }

  test('is sent once by several runs', async () => {
    const order = await withOwedMessage()
    pass(1)
    await run()
    expect(stored(order).message).toMatchObject({ state: 'sent' })
    pass(60)
    await Promise.all([run(), run(), run()])
    expect(messagesOf(order)).toHaveLength(1)
  })

  test('is sent once by runs that overlap', async () => {
    const order = await withOwedMessage()
    pass(1)
    await Promise.all([run(), run(), run(), run()])
    expect(messagesOf(order)).toHaveLength(1)
  })

  test('is sent later if WeChat temporarily refuses it', async () => {
    const order = await withOwedMessage()
    pass(1)
    const send = jest.spyOn(shop.simulator.cloud.messages, 'send')
    send.mockReturnValueOnce({ errcode: 45009, errmsg: 'reach max api daily quota limit' })
    await run()
    expect(stored(order).message).toMatchObject({ state: 'owed' })
    pass(5)
    await run()
    expect(stored(order).message).toMatchObject({ state: 'sent' })
    expect(messagesOf(order)).toHaveLength(1)
    send.mockRestore()
  })

  test('is not tried again if the shopper does not accept messages', async () => {
    const order = await withOwedMessage()
    pass(1)
    const send = jest.spyOn(shop.simulator.cloud.messages, 'send')
    send.mockReturnValue({ errcode: 43101, errmsg: 'user refuse to accept the msg' })
    await run()
    pass(60)
    await run()
    expect(stored(order).message).toMatchObject({ state: 'refused' })
    expect(send).toHaveBeenCalledTimes(1)
    send.mockRestore()
  })
})

describe('a call that is not from the timer', () => {
  test('does nothing if it comes from a phone', async () => {
    const order = await shopper.newOrder()
    pass(31)
    const { client } = shop.simulator.phone(1)
    const { result } = await client.callFunction('pay-reconcile', {})
    expect(result).toEqual({ done: 0, failed: 0 })
    expect(stored(order)).toEqual(order)
  })

  test.each(['scf', 'wx_client,scf', 'wx_devtools', 'wx_trigger,scf'])(
    'does nothing if it comes through %s',
    async (source) => {
      const order = await shopper.newOrder()
      pass(31)
      const { functions } = shop.simulator.cloud
      expect(await functions.invoke('pay-reconcile', {}, { source })).toEqual({
        done: 0,
        failed: 0,
      })
      expect(stored(order)).toEqual(order)
    },
  )
})

describe('runs that overlap', () => {
  test('process each order once', async () => {
    const orders: Order[] = []
    for (let n = 0; n < 6; n++) orders.push(await shopper.newOrder())
    pass(31)
    const results = (await Promise.all([run(), run(), run()])) as { done: number; failed: number }[]
    expect(results.reduce((sum, { done }) => sum + done, 0)).toBe(6)
    expect(results.every(({ failed }) => failed === 0)).toBe(true)
    expect(orders.map((order) => stored(order).status)).toEqual(orders.map(() => 2))
    // One write for the lease, one to close
    expect(orders.map((order) => stored(order).rev - order.rev)).toEqual(orders.map(() => 2))
  })
})

test('the timer runs by itself, every minute', async () => {
  const order = await shopper.newOrder()
  const { timers } = shop.simulator.cloud
  timers.release()
  pass(32)
  await timers.settled()
  timers.hold()
  expect(stored(order)).toMatchObject({ status: 2 })
})

test.each(['', 'wx_client', 'scf,wx_client', 'wx_devtools'])(
  'pay-message sends nothing if it is called through %j',
  async (source) => {
    const { functions } = shop.simulator.cloud
    const reply = await functions.invoke('pay-message', {}, { source })
    expect(reply).toEqual({ outcome: 'refused', why: 'FORBIDDEN' })
  },
)
