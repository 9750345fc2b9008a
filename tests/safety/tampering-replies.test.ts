import type { EndpointName } from '../../simulator/wechat-pay/endpoints'
import { sign } from '../../simulator/wechat-pay/sign'
import { type Fields, formatXml } from '../../simulator/wechat-pay/xml'
import type { Order } from '../../typings/contract'
import { MINUTE, newKey, openShop, type Shopper, type TestShop } from '../support/shop'
import { report } from './support/rounds'
import { failWithForgedFields, type Tampered, tamperingsOf } from './tampering/tamperings'

/* Replies of the gateway that were tampered with, through the real functions over sockets. */

let shop: TestShop
let shopper: Shopper
let key: string
beforeAll(async () => {
  shop = await openShop()
  shopper = shop.shopper(1)
  key = shop.simulator.gateway.merchant.key
})
afterEach(() => gateway().faults.clear())
afterAll(() => shop.close())

const gateway = () => shop.simulator.gateway
const signed = (fields: Fields) => ({ ...fields, sign: sign(fields, key, 'HMAC-SHA256') })

/** An order without what every write changes. */
const unwritten = (order: Order): Partial<Order> => ({
  ...order,
  rev: 0,
  moved_by: '',
  next_check_at: 0,
})

/** The reply that the gateway gives to the next request of the service; the shop gets another. */
async function genuineReply(service: EndpointName, call: () => Promise<unknown>): Promise<Fields> {
  let genuine: Fields | undefined
  gateway().faults.inject(service, {
    kind: 'alter',
    change(reply) {
      genuine = reply
      return { ...reply, sign: '' }
    },
    resign: false,
  })
  await call()
  return genuine!
}

/**
 * Answers `call` with each of the tampered replies.
 * @returns which of them changed the order
 */
async function believed(
  service: EndpointName,
  tampered: readonly Tampered[],
  { out_trade_no }: Order,
  call: () => Promise<unknown>,
): Promise<string[]> {
  let stored = shop.stored(out_trade_no)
  const found: string[] = []
  for (const { what, xml } of tampered) {
    gateway().faults.inject(service, { kind: 'reply', body: xml })
    await call()
    if (shop.stored(out_trade_no).rev !== stored.rev) found.push(what)
    stored = shop.stored(out_trade_no)
  }
  report(`tampering: ${tampered.length} replies to ${service}`)
  expect(tampered.length).toBeGreaterThan(30)
  return found
}

describe('orderquery: a payment', () => {
  test('is believed of the untampered reply alone, by one write', async () => {
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    const ask = () => shopper.call('payorder', order)
    const genuine = await genuineReply('orderquery', ask)
    expect(genuine).toMatchObject({ trade_state: 'SUCCESS', transaction_id: expect.any(String) })
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await believed('orderquery', tampered, order, ask)).toEqual([])

    expect(await shopper.order('orderquery', order)).toMatchObject({
      status: 1,
      rev: order.rev + 1,
    })
  })

  test.each(['appid', 'mch_id', 'out_trade_no', 'openid'])(
    'of another %s is not believed, though it is signed',
    async (name) => {
      const order = await shopper.newOrder()
      await shopper.confirm(order)
      gateway().faults.inject('orderquery', {
        kind: 'alter',
        change: (reply) => ({ ...reply, [name]: 'another' }),
        resign: true,
      })
      expect(await shopper.call('orderquery', order)).toMatchObject({ error: 'UNKNOWN' })
      expect(shop.stored(order.out_trade_no)).toEqual(order)
    },
  )

  test('of another order is not believed, though it is genuine', async () => {
    const [paid, unpaid] = [await shopper.newOrder(), await shopper.newOrder()]
    await shopper.confirm(paid)
    const body = formatXml(
      signed(await genuineReply('orderquery', () => shopper.call('orderquery', paid))),
    )
    gateway().faults.inject('orderquery', { kind: 'reply', body })
    expect(await shopper.call('payorder', unpaid)).toMatchObject({ error: 'UNKNOWN' })
    expect(shop.stored(unpaid.out_trade_no)).toEqual(unpaid)
  })

  test('of another amount is noted for a person, and nothing else is written', async () => {
    const order = await shopper.newOrder('zongzi')
    await shopper.confirm(order)
    gateway().faults.inject('orderquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, total_fee: '4', cash_fee: '5', settlement_total_fee: '5' }),
      resign: true,
    })
    await shopper.call('orderquery', order)
    const { anomaly, ...rest } = shop.stored(order.out_trade_no)
    expect(anomaly).toMatchObject({ what: 'paid 4 fen instead of 5' })
    expect(rest.rev).toBe(order.rev + 1)
    expect(unwritten(rest)).toEqual(unwritten(order))
  })
})

describe('refundquery: a refund', () => {
  const refunding = async () => {
    const order = await shopper.paidOrder()
    const asked = await shopper.order('refund', order)
    shop.simulator.clock.advance(5000)
    return asked
  }

  test('is believed of the untampered reply alone, by one write', async () => {
    const order = await refunding()
    const ask = () => shopper.call('queryrefund', order)
    const genuine = await genuineReply('refundquery', ask)
    expect(genuine).toMatchObject({ refund_status_0: 'SUCCESS' })
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await believed('refundquery', tampered, order, ask)).toEqual([])

    const settled = await shopper.order('queryrefund', order)
    expect(settled).toMatchObject({ status: 4, rev: order.rev + 1 })
    expect(gateway().ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test.each([
    ['appid', 'another'],
    ['mch_id', 'another'],
    ['out_trade_no', 'f'.repeat(32)],
    ['total_fee', '2'],
    ['out_refund_no_0', 'another'],
    ['refund_count', '0'],
    ['refund_count', '51'],
    ['refund_count', '1e0'],
    ['refund_status_0', 'DONE'],
  ])('whose %s is %s is not believed, though it is signed', async (name, value) => {
    const order = await refunding()
    gateway().faults.inject('refundquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, [name]: value }),
      resign: true,
    })
    await shopper.call('queryrefund', order)
    expect(shop.stored(order.out_trade_no)).toEqual(order)
    expect(gateway().ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })
})

test('a refund of another amount is noted for a person, and nothing else is written', async () => {
  const order = await shopper.paidOrder()
  const asked = await shopper.order('refund', order)
  gateway().faults.inject('refundquery', {
    kind: 'alter',
    change: (reply) => ({ ...reply, refund_fee_0: '2' }),
    resign: true,
  })
  await shopper.call('queryrefund', order)
  const { anomaly, ...rest } = shop.stored(order.out_trade_no)
  expect(anomaly).toMatchObject({ what: 'refund of 2 fen instead of 1' })
  expect(unwritten(rest)).toEqual(unwritten(asked))
})

describe('unifiedorder: a prepay_id', () => {
  test('is believed of the untampered reply alone, by one write', async () => {
    const data = { goods_id: 'jidangan', key: newKey() }
    const ask = () => shopper.call('unifiedorder', data)
    const genuine = await genuineReply('unifiedorder', ask)
    const [order] = (shop.simulator.orders() as unknown as Order[]).filter(
      ({ sign: paySign }) => paySign === undefined,
    )
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await believed('unifiedorder', tampered, order!, ask)).toEqual([])

    expect(await shopper.order('unifiedorder', data)).toMatchObject({
      _id: order!._id,
      prepay_id: genuine.prepay_id,
      rev: order!.rev + 1,
    })
  })
})

describe('closeorder: nothing', () => {
  test('is believed of any reply; the query behind it closes the order, by one write', async () => {
    const [order, other] = [await shopper.newOrder(), await shopper.newOrder()]
    await shopper.call('closeorder', order)
    shop.simulator.clock.advance(6 * MINUTE)
    const ask = () => shopper.call('closeorder', order)
    const genuine = await genuineReply('closeorder', () => shopper.call('closeorder', other))
    const tampered = [
      ...tamperingsOf(genuine, key),
      ...failWithForgedFields(genuine, key),
      { what: 'without effect', xml: formatXml(signed(genuine)) },
    ]
    const wished = shop.stored(order.out_trade_no)
    expect(await believed('closeorder', tampered, order, ask)).toEqual([])

    const closed = await shopper.order('closeorder', order)
    expect(closed).toMatchObject({ status: 2, rev: wished.rev + 1 })
  })
})

describe('refund: an acceptance', () => {
  /** An order that waits for its refund, of which WeChat knows nothing yet. */
  const asked = async () => {
    const order = await shopper.paidOrder()
    gateway().faults.inject('refund', { kind: 'reset', when: 'before', times: 2 })
    await shopper.call('refund', order)
    return shop.stored(order.out_trade_no)
  }

  /** What WeChat would say to the order's refund, made of what it said to another's. */
  async function genuineFor({ out_trade_no, transaction_id, refund }: Order): Promise<Fields> {
    const other = await shopper.paidOrder()
    const reply = await genuineReply('refund', () => shopper.call('refund', other))
    const { out_refund_no } = refund!
    return signed({ ...reply, out_trade_no, transaction_id: transaction_id!, out_refund_no })
  }

  test('settles nothing, tampered or not: the refund stays asked for', async () => {
    const order = await asked()
    const genuine = await genuineFor(order)
    const tampered = [...tamperingsOf(genuine, key), { what: 'none', xml: formatXml(genuine) }]
    const ask = () => shopper.call('queryrefund', order)
    expect(await believed('refund', tampered, order, ask)).toEqual([])
    expect(order).toMatchObject({ status: 3, refund: { state: 'ASKED' } })

    await shopper.order('queryrefund', order)
    shop.simulator.clock.advance(5000)
    expect(await shopper.order('queryrefund', order)).toMatchObject({
      status: 4,
      rev: order.rev + 1,
    })
    expect(gateway().ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test('an unsigned FAIL with forged fields is not believed while WeChat has the refund', async () => {
    const order = await shopper.paidOrder()
    gateway().faults.inject('refund', {
      kind: 'alter',
      change: (reply) => ({ ...reply, return_code: 'FAIL', return_msg: '系统错误', sign: '' }),
      resign: false,
    })
    expect(await shopper.order('refund', order)).toMatchObject({ status: 3 })
    expect(gateway().ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test('an unsigned FAIL calls the refund off only because a signed query finds none', async () => {
    const order = await asked()
    const fail = failWithForgedFields(await genuineFor(order), key)
    gateway().faults.inject('refund', { kind: 'reply', body: fail[0]!.xml })
    gateway().faults.inject('refundquery', { kind: 'delay', ms: 0 })
    gateway().faults.inject('refundquery', { kind: 'reset', when: 'before', times: 2 })
    await shopper.call('queryrefund', order)
    expect(shop.stored(order.out_trade_no)).toEqual(order)

    gateway().faults.inject('refund', { kind: 'reply', body: fail[0]!.xml })
    expect(await shopper.order('queryrefund', order)).toMatchObject({
      status: 1,
      refund: { state: 'REFUSED', refusal: { err_code: 'FAIL', err_code_des: '签名错误' } },
    })
    expect(gateway().ledger.refunds(order.out_trade_no)).toEqual([])
  })
})
