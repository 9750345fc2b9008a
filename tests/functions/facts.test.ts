import { paymentFact, refundPage } from '../../cloudfunctions/pay/src/facts'
import type { GatewayReply } from '../../cloudfunctions/pay/src/ports'
import { handleRequest } from '../../simulator/wechat-pay/endpoints'
import { at } from '../safety/faults/port-faults'
import { MINUTE, Simulation } from '../safety/simulation/simulation'
import { newOrder, orderOf, paid } from '../safety/workload/sample-orders'

const order = newOrder(0)
const { out_trade_no } = order
const says = (fields: Record<string, string>): GatewayReply => ({
  kind: 'ok',
  fields: { out_trade_no, ...fields },
})

test.each(['NOTPAY', 'USERPAYING', 'PAYERROR', 'ACCEPT'])('%s is unpaid', (trade_state) => {
  expect(paymentFact(says({ trade_state }), order, 0)).toMatchObject({ kind: 'unpaid' })
})

test.each(['CLOSED', 'REVOKED'])('%s is closed', (trade_state) => {
  expect(paymentFact(says({ trade_state }), order, 0)).toEqual({ kind: 'closed' })
})

test.each(['', 'NEW', 'success'])('the trade_state %j is unknown', (trade_state) => {
  expect(paymentFact(says({ trade_state }), order, 0)).toMatchObject({ kind: 'unknown' })
})

test('REFUND with only the order number proves a payment without its details', () => {
  const bare = says({ trade_state: 'REFUND', trade_state_desc: '转入退款' })
  expect(paymentFact(bare, order, 0)).toEqual({
    kind: 'paid',
    payment: undefined,
    hasRefunds: true,
  })
})

test('SUCCESS with only the order number proves nothing', () => {
  expect(paymentFact(says({ trade_state: 'SUCCESS' }), order, 0)).toMatchObject({ kind: 'unknown' })
})

test('a page has all its refunds and the total count', () => {
  const rows = Array.from({ length: 10 }, (_, n) => ({
    [`out_refund_no_${n}`]: `r${n}`,
    [`refund_fee_${n}`]: '7',
    [`refund_status_${n}`]: 'SUCCESS',
  }))
  const page = refundPage(
    says({
      total_fee: '100',
      refund_count: '10',
      total_refund_count: '12',
      ...(Object.assign({}, ...rows) as Record<string, string>),
    }),
    order,
  )
  expect(page).toMatchObject({ kind: 'refunds', total: 12, isComplete: false })
  expect(page.kind === 'refunds' && page.refunds).toHaveLength(10)
})

test('a page with fewer refunds than its count is unknown', () => {
  const page = says({ total_fee: '100', refund_count: '1', out_refund_no_0: 'r' })
  expect(refundPage(page, order)).toEqual({ kind: 'unknown', why: 'INCOMPLETE' })
})

test('an order with a prepay_id is closed only after WeChat has not found it for hours', async () => {
  const simulation = new Simulation()
  const order = orderOf(
    await simulation.call(1, 'unifiedorder', { goods_id: 'tea', key: simulation.key() }),
  )
  const ask = async () => {
    const instead = { kind: 'refused', err_code: 'ORDERNOTEXIST', err_code_des: '' }
    const notFound = at('wechatPay.orderquery', 'after', () => ({ instead }))
    return orderOf(await simulation.call(1, 'orderquery', { out_trade_no: order._id }, notFound))
  }
  simulation.clock.advance(29 * MINUTE)
  expect((await ask()).anomaly).toBeUndefined()
  simulation.clock.advance(2 * MINUTE)
  expect(await ask()).toMatchObject({ status: 0, anomaly: [{ kind: 'missing' }] })
  simulation.clock.advance(5 * 60 * MINUTE)
  expect(await ask()).toMatchObject({ status: 0 })
  simulation.clock.advance(60 * MINUTE)
  expect(await ask()).toMatchObject({ status: 2, anomaly: [{ kind: 'missing' }] })
})

test('a second transaction only adds an anomaly', async () => {
  const simulation = new Simulation()
  const number = await paid(simulation)
  const before = simulation.order(number)!
  const reply = handleRequest(simulation.ledger, 'orderquery', { out_trade_no: number })
  const { appid, mch_id } = simulation.settings
  const fields = {
    appid,
    mch_id,
    ...(reply.kind === 'accept' && reply.fields),
    transaction_id: 'another',
  }
  const other = at('wechatPay.orderquery', 'after', () => ({ instead: { kind: 'ok', fields } }))
  const shown = orderOf(await simulation.call(1, 'orderquery', { out_trade_no: number }, other))
  expect(shown).toMatchObject({
    status: 1,
    transaction_id: before.transaction_id,
    anomaly: [{ kind: 'secondTransaction' }],
  })
})

test('an order cannot be paid from the moment it expires', async () => {
  const simulation = new Simulation()
  const event = { goods_id: 'tea', key: simulation.key() }
  const crash = at('wechatPay.unifiedorder', 'before', () => 'crash')
  await simulation.call(1, 'unifiedorder', event, crash)
  simulation.clock.advance(30 * MINUTE - 1)
  const { expires_at } = simulation.orders()[0]!
  expect(expires_at - simulation.clock.now()).toBe(1)
  simulation.clock.advance(1)
  expect(await simulation.call(1, 'unifiedorder', event)).toMatchObject({
    error: 'NOT_ALLOWED_NOW',
  })
})

test('unpaid orders of other shoppers do not count', async () => {
  const simulation = new Simulation({ settings: { max_unpaid: 1 } })
  const buy = (shopper: number) =>
    simulation.call(shopper, 'unifiedorder', { goods_id: 'tea', key: simulation.key() })
  expect(await buy(1)).toMatchObject({ code: 0 })
  expect(await buy(2)).toMatchObject({ code: 0 })
  expect(await buy(1)).toMatchObject({ error: 'TOO_MANY_UNPAID' })
})

test.each(['orderquery', 'payorder'])(
  '%s replies to a stranger only after WeChat has replied',
  async (type) => {
    const simulation = new Simulation()
    const number = await paid(simulation)
    let withReply = false
    const slow = at('wechatPay.orderquery', 'after', async () => {
      for (let n = 0; n < 50; n++) await Promise.resolve()
      withReply = true
    })
    const reply = await simulation.call(2, type, { out_trade_no: number }, slow)
    expect(reply).toMatchObject({ error: 'ORDER_NOT_FOUND' })
    expect(withReply).toBe(true)
  },
)
