import { handleRequest } from '../../simulator/wechat-pay/endpoints'
import type { Order } from '../../typings/contract'
import { HOUR, MINUTE, openShop, type TestShop } from '../support/shop'

let shop: TestShop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const gateway = () => shop.simulator.gateway
const refunds = (order: Order) => gateway().ledger.refunds(order.out_trade_no)
const endRefunds = () => shop.simulator.clock.advance(5000)

describe('requesting a refund', () => {
  test('ten taps at once refund once', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => shopper.order('refund', order)),
    )
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 3))
    expect(refunds(order)).toHaveLength(1)
  })

  test('an unpaid order cannot be refunded', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    expect(await shopper.call('refund', order)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
  })

  test('more than a day after the payment, shoppers cannot refund themselves', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    shop.simulator.clock.advance(24 * HOUR + 1000)
    expect(await shopper.call('refund', order)).toMatchObject({ error: 'REFUND_PERIOD_OVER' })
    expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 1 })
  })

  test('a refused refund leaves the order paid, with the refusal stored', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    const refusal = { err_code: 'NOTENOUGH', err_code_des: '基本账户余额不足，请充值后重新发起' }
    gateway().faults.inject('refund', { kind: 'refuse', ...refusal })
    expect(await shopper.call('refund', order)).toMatchObject({
      error: 'WECHAT_PAY_REFUSED',
      err_code: 'NOTENOUGH',
      message: '基本账户余额不足，请充值后重新发起',
    })
    expect(shop.stored(order.out_trade_no)).toMatchObject({
      status: 1,
      refund: { state: 'REFUSED', refusal },
    })
  })

  test('a minute after a refusal, a tap requests the refund again with the same number', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    gateway().faults.inject('refund', {
      kind: 'refuse',
      err_code: 'NOTENOUGH',
      err_code_des: '余额不足',
    })
    await shopper.call('refund', order)
    shop.simulator.clock.advance(MINUTE)
    const requested = await shopper.order('refund', order)
    expect(requested).toMatchObject({ status: 3, refund: { attempt: 1 } })
    expect(refunds(order)).toHaveLength(1)
  })

  test('a refusal does not count if WeChat has a record of the refund', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    gateway().faults.inject('refund', {
      kind: 'alter',
      change: ({ return_code, appid, mch_id, nonce_str }) =>
        ({ return_code, appid, mch_id, nonce_str, result_code: 'FAIL', err_code: 'ERROR' }) as any,
      resign: true,
    })
    expect(await shopper.order('refund', order)).toMatchObject({ status: 3 })
  })

  test.each(['SYSTEMERROR', 'BIZERR_NEED_RETRY', 'FREQUENCY_LIMITED'])(
    '%s is an unknown outcome: the order stays 正在退款, and the next query requests it again',
    async (err_code) => {
      const shopper = shop.shopper(1)
      const order = await shopper.paidOrder()
      gateway().faults.inject('refund', { kind: 'refuse', err_code, err_code_des: '系统超时' })
      expect(await shopper.call('refund', order)).toMatchObject({ error: 'UNKNOWN' })
      expect(shop.stored(order.out_trade_no)).toMatchObject({ status: 3 })
      expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 3 })
      endRefunds()
      expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 4 })
      expect(refunds(order)).toHaveLength(1)
    },
  )

  test('a refund whose reply is lost has an unknown outcome, until a query finds it', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    gateway().faults.inject('refund', { kind: 'reset', when: 'after', times: 2 })
    expect(await shopper.call('refund', order)).toMatchObject({ error: 'UNKNOWN' })
    endRefunds()
    expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 4 })
    expect(refunds(order)).toHaveLength(1)
  })
})

describe('the outcome of a refund', () => {
  test('REFUNDCLOSE makes the order paid again, and the next refund has a new number', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    gateway().ledger.setRefundOutcome(order.out_trade_no, 'REFUNDCLOSE')
    await shopper.order('refund', order)
    endRefunds()
    expect(await shopper.order('queryrefund', order)).toMatchObject({
      status: 1,
      refund: { state: 'REFUNDCLOSE' },
    })
    gateway().ledger.setRefundOutcome(order.out_trade_no, 'SUCCESS')
    expect(await shopper.call('refund', order)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
    shop.simulator.clock.advance(MINUTE)
    const again = await shopper.order('refund', order)
    expect(again.refund).toMatchObject({ attempt: 2, out_refund_no: `${order.out_trade_no}-2` })
    endRefunds()
    expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 4 })
  })

  test('CHANGE stays 正在退款 and adds an anomaly; after it succeeds the order is refunded', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    gateway().ledger.setRefundOutcome(order.out_trade_no, 'CHANGE')
    const { refund } = await shopper.order('refund', order)
    endRefunds()
    const changed = await shopper.order('queryrefund', order)
    expect(changed).toMatchObject({ status: 3, refund: { state: 'CHANGE' } })
    expect(changed.anomaly).toMatchObject([{ kind: 'refundChange' }])
    gateway().ledger.endRefund(refund!.out_refund_no, 'SUCCESS')
    expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 4 })
  })

  test('a late payment that a person refunds by hand becomes 已退款', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder()
    const closed = (reply: object) => ({ ...reply, trade_state: 'CLOSED' }) as any
    gateway().faults.inject('orderquery', { kind: 'alter', change: closed, resign: true })
    await shopper.order('orderquery', order)
    await shopper.confirm(order)
    gateway().faults.inject('refund', {
      kind: 'refuse',
      err_code: 'NOTENOUGH',
      err_code_des: '余额不足',
    })
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 3 })
    gateway().ledger.refundByHand({ out_trade_no: order.out_trade_no, refund_fee: 1 })
    endRefunds()
    expect(await shopper.order('orderquery', order)).toMatchObject({ status: 4 })
  })

  test('a refund with our number and another amount is an anomaly', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.newOrder('zongzi')
    await shopper.confirm(order)
    await shopper.order('payorder', order)
    gateway().faults.inject('refund', { kind: 'reset', when: 'before', times: 2 })
    await shopper.call('refund', order)
    handleRequest(gateway().ledger, 'refund', {
      out_trade_no: order.out_trade_no,
      out_refund_no: `${order.out_trade_no}-1`,
      total_fee: '5',
      refund_fee: '2',
    })
    expect(await shopper.order('queryrefund', order)).toMatchObject({
      status: 3,
      anomaly: [{ kind: 'refundMismatch', what: 'refund of 2 fen instead of 5' }],
    })
  })

  test('a refund that succeeded for another merchant changes nothing', async () => {
    const shopper = shop.shopper(1)
    const order = await shopper.paidOrder()
    await shopper.order('refund', order)
    endRefunds()
    gateway().faults.inject('refundquery', {
      kind: 'alter',
      change: (reply) => ({ ...reply, mch_id: '1900000109' }),
      resign: true,
    })
    expect(await shopper.order('queryrefund', order)).toMatchObject({ status: 3 })
  })
})

test('an order that is 已支付 cannot be deleted', async () => {
  const shopper = shop.shopper(1)
  const order = await shopper.paidOrder()
  expect(await shopper.call('deleteorder', order)).toMatchObject({ error: 'NOT_ALLOWED_NOW' })
  expect(shop.stored(order.out_trade_no)).toMatchObject({ hidden: false })
})
