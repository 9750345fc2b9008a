import { openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const gateway = () => shop.simulator.gateway
const messagesOf = (out_trade_no: string) =>
  shop.simulator.cloud.messages.sent().filter(({ page }) => page?.includes(out_trade_no))

describe('settling a payment', () => {
  test('a payment without a notification is found by the next query', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    expect(await shopper.order('orderquery', order)).toMatchObject({
      status: 1,
      message: { state: 'owed' },
    })
  })

  test('an order without a payment stays unpaid, even if the phone says that it is paid', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    expect(
      await shopper.order('payorder', { ...order, status: 1, trade_state: 'SUCCESS' } as any),
    ).toEqual(order)
  })

  test('ten queries at once settle it once', async () => {
    // On a busy machine, loading ten instances at once takes longer than a call may.
    await shop.simulator.cloud.functions.warm('pay', 10)
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    const settled = await Promise.all(
      Array.from({ length: 10 }, () => shopper.order('orderquery', order)),
    )
    expect(new Set(settled.map(({ rev }) => rev))).toEqual(new Set([order.rev + 1]))
  })

  test('if WeChat does not reply, the outcome is unknown, not unpaid', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    gateway().faults.inject('orderquery', { kind: 'reset', when: 'before', times: 2 })
    expect(await shopper.call('payorder', order)).toMatchObject({ error: 'UNKNOWN' })
    expect(await shopper.order('payorder', order)).toMatchObject({ status: 1 })
  })

  test('a wrong amount does not make the order paid, and adds an anomaly', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder('zongzi')
    await shopper.confirm(order)
    gateway().faults.inject('orderquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, total_fee: '1' }),
      resign: true,
    })
    const noted = await shopper.order('orderquery', order)
    expect(noted).toMatchObject({
      status: 0,
      anomaly: [{ kind: 'otherAmount', what: 'paid 1 fen instead of 5' }],
    })
  })

  test.each(['appid', 'mch_id', 'out_trade_no', 'openid', 'transaction_id', 'time_end'])(
    'a reply with a wrong %s is not trusted',
    async (field) => {
      const shopper = shop.shopper(1)
      const order = await shopper.newOrder()
      await shopper.confirm(order)
      gateway().faults.inject('orderquery', {
        kind: 'alter',
        change: (reply) => ({ ...reply, [field]: field === 'transaction_id' ? '' : 'other' }),
        resign: true,
      })
      expect(await shopper.call('orderquery', order)).toMatchObject({ error: 'UNKNOWN' })
      expect(shop.stored(order.out_trade_no)).toEqual(order)
    },
  )

  test('a reply with a wrong signature is not trusted', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    gateway().faults.inject('orderquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, trade_state: 'SUCCESS' }),
      resign: false,
    })
    expect(await shopper.call('orderquery', order)).toMatchObject({ error: 'UNKNOWN' })
  })

  test('an unsigned FAIL with forged fields settles nothing', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    gateway().faults.inject('orderquery', {
      kind: 'reply',
      body: `<xml><return_code>FAIL</return_code><result_code>SUCCESS</result_code><trade_state>SUCCESS</trade_state><out_trade_no>${order.out_trade_no}</out_trade_no><total_fee>1</total_fee></xml>`,
    })
    expect(await shopper.call('payorder', order)).toMatchObject({ error: 'UNKNOWN' })
    expect(shop.stored(order.out_trade_no)).toEqual(order)
  })
})

describe('the paid message', () => {
  const accept = (openid: string) => shop.simulator.cloud.messages.accept(openid, [shop.templateId])

  test('is sent once, with the order in it', async () => {
    const shopper = shop.shopper(3)
    accept(shopper.openid)
    const order = await shopper.paidOrder()
    expect(order.message).toEqual({ event: 'paid', state: 'sent' })
    await shopper.order('payorder', order)
    const sent = messagesOf(order.out_trade_no)
    expect(sent).toHaveLength(1)
    expect(sent[0]!.openid).toBe(shopper.openid)
    expect(sent[0]!.data).toMatchObject({
      character_string1: { value: order.out_trade_no },
      thing2: { value: '鸡蛋干' },
      amount3: { value: '0.01元' },
    })
  })

  test('is not sent to a shopper who did not accept messages, whose payment still counts', async () => {
    const order = await shop.shopper(4).paidOrder()
    expect(order).toMatchObject({ status: 1, message: { state: 'refused' } })
    expect(messagesOf(order.out_trade_no)).toHaveLength(0)
  })

  test('is sent once by ten calls at once', async () => {
    // On a busy machine, loading ten instances at once takes longer than a call may.
    await shop.simulator.cloud.functions.warm('pay', 10)
    const shopper = shop.shopper(3)
    accept(shopper.openid)
    accept(shopper.openid)
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    await Promise.all(Array.from({ length: 10 }, () => shopper.order('payorder', order)))
    expect(messagesOf(order.out_trade_no)).toHaveLength(1)
  })
})

describe('pay-message', () => {
  const invoke = (event: Record<string, unknown>) =>
    shop.simulator.phone(1).client.callFunction('pay-message', event)

  test('cannot be called by a phone', async () => {
    const shopper = shop.shopper(3)
    shop.simulator.cloud.messages.accept(shopper.openid, [shop.templateId])
    const { result } = await invoke({
      touser: shopper.openid,
      out_trade_no: 'f'.repeat(32),
      body: '中奖了',
      total_fee: 1,
      paid_at: 1,
    })
    expect(result).toEqual({ outcome: 'refused', why: 'FORBIDDEN' })
    expect(messagesOf('f'.repeat(32))).toHaveLength(0)
  })
})
