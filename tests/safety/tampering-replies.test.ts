import { formatXml } from '../../simulator/wechat-pay/xml'
import type { Order } from '../../typings/contract'
import { MINUTE, newKey, openShop, type Shopper, type TestShop } from '../support/shop'
import {
  acceptedTamperings,
  genuineReply,
  signed,
  withoutRevision,
} from './faults/tampering/replies'
import { failWithForgedFields, tamperingsOf } from './faults/tampering/tamperings'

/* Tampered replies of the gateway, through the real functions over sockets. */

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

describe('orderquery: a payment', () => {
  test('is accepted from the untampered reply only, by one write', async () => {
    const order = await shopper.newOrder()
    await shopper.confirm(order)
    const ask = () => shopper.call('payorder', order)
    const genuine = await genuineReply(shop, 'orderquery', ask)
    expect(genuine).toMatchObject({ trade_state: 'SUCCESS', transaction_id: expect.any(String) })
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await acceptedTamperings(shop, 'orderquery', tampered, order, ask)).toEqual([])

    expect(await shopper.order('orderquery', order)).toMatchObject({
      status: 1,
      rev: order.rev + 1,
    })
  })

  test.each(['appid', 'mch_id', 'out_trade_no', 'openid'])(
    'of another %s is not accepted even when it is signed',
    async (name) => {
      const order = await shopper.newOrder()
      await shopper.confirm(order)
      shop.simulator.gateway.faults.inject('orderquery', {
        kind: 'alter',
        change: (reply) => ({ ...reply, [name]: 'another' }),
        resign: true,
      })
      expect(await shopper.call('orderquery', order)).toMatchObject({ error: 'UNKNOWN' })
      expect(shop.stored(order.out_trade_no)).toEqual(order)
    },
  )

  test('of another order is not accepted even when it is genuine', async () => {
    const [paid, unpaid] = [await shopper.newOrder(), await shopper.newOrder()]
    await shopper.confirm(paid)
    const body = formatXml(
      signed(await genuineReply(shop, 'orderquery', () => shopper.call('orderquery', paid)), key),
    )
    shop.simulator.gateway.faults.inject('orderquery', { kind: 'reply', body })
    expect(await shopper.call('payorder', unpaid)).toMatchObject({ error: 'UNKNOWN' })
    expect(shop.stored(unpaid.out_trade_no)).toEqual(unpaid)
  })

  test('of another amount is recorded as an anomaly, and nothing else is written', async () => {
    const order = await shopper.newOrder('zongzi')
    await shopper.confirm(order)
    shop.simulator.gateway.faults.inject('orderquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, total_fee: '4', cash_fee: '5', settlement_total_fee: '5' }),
      resign: true,
    })
    await shopper.call('orderquery', order)
    const { anomaly, ...rest } = shop.stored(order.out_trade_no)
    expect(anomaly).toMatchObject([{ what: 'paid 4 fen instead of 5' }])
    expect(rest.rev).toBe(order.rev + 1)
    expect(withoutRevision(rest)).toEqual(withoutRevision(order))
  })
})

describe('unifiedorder: a prepay_id', () => {
  test('is accepted from the untampered reply only, by one write', async () => {
    const data = { goods_id: 'jidangan', key: newKey() }
    const ask = () => shopper.call('unifiedorder', data)
    const genuine = await genuineReply(shop, 'unifiedorder', ask)
    const [order] = (shop.simulator.orders() as unknown as Order[]).filter(
      ({ sign: paySign }) => paySign === undefined,
    )
    const tampered = [...tamperingsOf(genuine, key), ...failWithForgedFields(genuine, key)]
    expect(await acceptedTamperings(shop, 'unifiedorder', tampered, order!, ask)).toEqual([])

    expect(await shopper.order('unifiedorder', data)).toMatchObject({
      _id: order!._id,
      prepay_id: genuine.prepay_id,
      rev: order!.rev + 1,
    })
  })
})

describe('closeorder: no reply', () => {
  test('closes the order; the query after it does, by one write', async () => {
    const [order, other] = [await shopper.newOrder(), await shopper.newOrder()]
    await shopper.call('closeorder', order)
    shop.simulator.clock.advance(6 * MINUTE)
    const ask = () => shopper.call('closeorder', order)
    const genuine = await genuineReply(shop, 'closeorder', () => shopper.call('closeorder', other))
    const tampered = [
      ...tamperingsOf(genuine, key),
      ...failWithForgedFields(genuine, key),
      { what: 'without effect', xml: formatXml(signed(genuine, key)) },
    ]
    const requested = shop.stored(order.out_trade_no)
    expect(await acceptedTamperings(shop, 'closeorder', tampered, order, ask)).toEqual([])

    const closed = await shopper.order('closeorder', order)
    expect(closed).toMatchObject({ status: 2, rev: requested.rev + 1 })
  })
})
