import { type Fields, formatXml } from '../../simulator/wechat-pay/xml'
import type { Order } from '../../typings/contract'
import { openShop, type Shopper, type TestShop } from '../support/shop'
import {
  acceptedTamperings,
  genuineReply,
  signed,
  withoutRevision,
} from './faults/tampering/replies'
import { failWithForgedFields, tamperingsOf } from './faults/tampering/tamperings'

/* Tampered replies of the gateway about refunds, through the real functions over sockets. */

let shop: TestShop
let shopper: Shopper
let key: string
beforeAll(async () => {
  shop = await openShop()
  shopper = shop.shopper(1)
  key = shop.simulator.gateway.merchant.key
})
afterEach(() => shop.simulator.gateway.faults.clear())
afterAll(() => shop.close())

describe('refundquery: a refund', () => {
  const refunding = async () => {
    const order = await shopper.paidOrder()
    const requested = await shopper.order('refund', order)
    shop.simulator.clock.advance(5000)
    return requested
  }

  test('is settled by the untampered reply only, by one write', async () => {
    const order = await refunding()
    const ask = () => shopper.call('queryrefund', order)
    const genuine = await genuineReply(shop, 'refundquery', ask)
    expect(genuine).toMatchObject({ refund_status_0: 'SUCCESS' })
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await acceptedTamperings(shop, 'refundquery', tampered, order, ask)).toEqual([])

    const settled = await shopper.order('queryrefund', order)
    expect(settled).toMatchObject({ status: 4, rev: order.rev + 1 })
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toHaveLength(1)
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
  ])('whose %s is %s is not settled even when the reply is signed', async (name, value) => {
    const order = await refunding()
    shop.simulator.gateway.faults.inject('refundquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, [name]: value }),
      resign: true,
    })
    await shopper.call('queryrefund', order)
    expect(shop.stored(order.out_trade_no)).toEqual(order)
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })
})

test('a refund of another amount is recorded as an anomaly, and nothing else is written', async () => {
  const order = await shopper.paidOrder()
  const requested = await shopper.order('refund', order)
  shop.simulator.gateway.faults.inject('refundquery', {
    kind: 'alter',
    change: (reply) => ({ ...reply, refund_fee_0: '2' }),
    resign: true,
  })
  await shopper.call('queryrefund', order)
  const { anomaly, ...rest } = shop.stored(order.out_trade_no)
  expect(anomaly).toMatchObject([{ what: 'refund of 2 fen instead of 1' }])
  expect(withoutRevision(rest)).toEqual(withoutRevision(requested))
})

describe('refund: an acceptance', () => {
  /** Returns an order whose refund request has not reached WeChat. */
  const requested = async () => {
    const order = await shopper.paidOrder()
    shop.simulator.gateway.faults.inject('refund', { kind: 'reset', when: 'before', times: 2 })
    await shopper.call('refund', order)
    return shop.stored(order.out_trade_no)
  }

  /** Returns WeChat's reply to the order's refund, built from its reply to another order's. */
  async function genuineFor({ out_trade_no, transaction_id, refund }: Order): Promise<Fields> {
    const other = await shopper.paidOrder()
    const reply = await genuineReply(shop, 'refund', () => shopper.call('refund', other))
    const { out_refund_no } = refund!
    return signed({ ...reply, out_trade_no, transaction_id: transaction_id!, out_refund_no }, key)
  }

  test('settles nothing, tampered or not: the refund stays ASKED', async () => {
    const order = await requested()
    const genuine = await genuineFor(order)
    const tampered = [...tamperingsOf(genuine, key), { what: 'none', xml: formatXml(genuine) }]
    const ask = () => shopper.call('queryrefund', order)
    expect(await acceptedTamperings(shop, 'refund', tampered, order, ask)).toEqual([])
    expect(order).toMatchObject({ status: 3, refund: { state: 'ASKED' } })

    await shopper.order('queryrefund', order)
    shop.simulator.clock.advance(5000)
    expect(await shopper.order('queryrefund', order)).toMatchObject({
      status: 4,
      rev: order.rev + 1,
    })
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test('an unsigned FAIL with forged fields is ignored while WeChat has the refund', async () => {
    const order = await shopper.paidOrder()
    shop.simulator.gateway.faults.inject('refund', {
      kind: 'alter',
      change: (reply) => ({ ...reply, return_code: 'FAIL', return_msg: '系统错误', sign: '' }),
      resign: false,
    })
    expect(await shopper.order('refund', order)).toMatchObject({ status: 3 })
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test('an unsigned FAIL calls the refund off only because a signed query finds none', async () => {
    const order = await requested()
    const fail = failWithForgedFields(await genuineFor(order), key)
    shop.simulator.gateway.faults.inject('refund', { kind: 'reply', body: fail[0]!.xml })
    shop.simulator.gateway.faults.inject('refundquery', { kind: 'delay', ms: 0 })
    shop.simulator.gateway.faults.inject('refundquery', { kind: 'reset', when: 'before', times: 2 })
    await shopper.call('queryrefund', order)
    expect(shop.stored(order.out_trade_no)).toEqual(order)

    shop.simulator.gateway.faults.inject('refund', { kind: 'reply', body: fail[0]!.xml })
    expect(await shopper.order('queryrefund', order)).toMatchObject({
      status: 1,
      refund: { state: 'REFUSED', refusal: { err_code: 'FAIL', err_code_des: '签名错误' } },
    })
    expect(shop.simulator.gateway.ledger.refunds(order.out_trade_no)).toEqual([])
  })
})
