import { randomBytes } from 'node:crypto'
import { toGatewayTime } from '../../../cloudfunctions/pay/src/beijing-time'
import type { Fen, Order, PayReply } from '../../../typings/contract'
import { at } from '../faults/port-faults'
import { CRASHED } from '../simulation/invocation'
import { refused } from '../simulation/memory-gateway'
import { MINUTE, type Simulation } from '../simulation/simulation'

/*
 * Sample orders in every state. Each function brings an order of shopper 1 to one state and returns
 * the order's number.
 */

export type GivenOrder = (simulation: Simulation) => Promise<string>

export const OWNER = 'oSimulatorShopper_0000000001'
export const OTHER = 'oSimulatorShopper_0000000002'

/** Returns an unsaved, unpaid order of `OWNER` over 100 fen. @param now ms since 1970 */
export function newOrder(now: number, changes: Partial<Order> = {}): Order {
  const out_trade_no = randomBytes(16).toString('hex')
  const request = {
    body: '绿茶',
    total_fee: '100',
    spbill_create_ip: '127.0.0.1',
    notify_url: 'https://shop.example/pay-notify',
    time_start: toGatewayTime(now),
    time_expire: toGatewayTime(now + 30 * MINUTE),
    trade_type: 'JSAPI',
    openid: OWNER,
    sign_type: 'HMAC-SHA256',
  }
  return {
    _id: out_trade_no,
    _openid: OWNER,
    out_trade_no,
    goods_id: 'tea',
    body: '绿茶',
    total_fee: 100 as Fen,
    status: 0,
    trade_state: 'NOTPAY',
    trade_state_desc: '未支付',
    request,
    sign_type: 'HMAC-SHA256',
    created_at: now,
    expires_at: now + 30 * MINUTE,
    hidden: false,
    rev: 1,
    moved_by: 'contract',
    ...changes,
  }
}

/** Returns the order in the reply of an action. @throws Error when the action was refused */
export function orderOf(reply: PayReply | typeof CRASHED): Order {
  if (reply === CRASHED || reply.code !== 0) throw new Error(`no order: ${JSON.stringify(reply)}`)
  return reply.data
}

/** Brings an order to a state and advances the clock. */
export const later =
  (ms: number, given: GivenOrder): GivenOrder =>
  async (simulation) => {
    const out_trade_no = await given(simulation)
    simulation.clock.advance(ms)
    return out_trade_no
  }

/** Ordered and payable. */
export async function ordered(simulation: Simulation, goods_id = 'cake'): Promise<string> {
  const event = { goods_id, key: simulation.key() }
  return orderOf(await simulation.call(1, 'unifiedorder', event))._id
}

/** The row is stored, but the request never reached WeChat. */
export async function neverReachedWeChat(simulation: Simulation): Promise<string> {
  const event = { goods_id: 'cake', key: simulation.key() }
  const crash = at('wechatPay.unifiedorder', 'before', () => 'crash')
  await simulation.call(1, 'unifiedorder', event, crash)
  return simulation.orders()[0]!._id
}

/** Ordered, and the shopper has requested to close it. */
export async function cancelled(simulation: Simulation): Promise<string> {
  const out_trade_no = await ordered(simulation)
  await simulation.call(1, 'closeorder', { out_trade_no })
  return out_trade_no
}

/** Paid at WeChat; the shop has not settled the payment yet. */
export async function charged(simulation: Simulation): Promise<string> {
  const out_trade_no = await ordered(simulation)
  if (!simulation.pay(out_trade_no)) throw new Error(`${out_trade_no} could not be paid`)
  return out_trade_no
}

/** Paid, and the message is sent. */
export async function paid(simulation: Simulation): Promise<string> {
  const out_trade_no = await charged(simulation)
  orderOf(await simulation.call(1, 'payorder', { out_trade_no }))
  return out_trade_no
}

/** Paid, and the message is owed. */
export async function paidWithMessageOwed(simulation: Simulation): Promise<string> {
  const out_trade_no = await charged(simulation)
  orderOf(await simulation.call(1, 'orderquery', { out_trade_no }))
  return out_trade_no
}

/** WeChat has accepted the refund. */
export async function refunding(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  orderOf(await simulation.call(1, 'refund', { out_trade_no }))
  return out_trade_no
}

/** The refund is requested by the shopper, but the request never reached WeChat. */
export async function refundRequested(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  const crash = at('wechatPay.refund', 'before', () => 'crash')
  await simulation.call(1, 'refund', { out_trade_no }, crash)
  return out_trade_no
}

/** WeChat has accepted the refund, which will end with the outcome. */
export const refundEnding =
  (outcome: 'REFUNDCLOSE' | 'CHANGE'): GivenOrder =>
  async (simulation) => {
    const out_trade_no = await paid(simulation)
    simulation.ledger.setRefundOutcome(out_trade_no, outcome)
    await simulation.call(1, 'refund', { out_trade_no })
    simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
    return out_trade_no
  }

/** A late payment whose refund WeChat will close. */
export async function lateRefundClosed(simulation: Simulation): Promise<string> {
  const out_trade_no = await paidAfterClosing(simulation)
  simulation.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  await simulation.call(1, 'orderquery', { out_trade_no })
  simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  return out_trade_no
}

/** The first refund request is still pending, and WeChat has refused the second one. */
export async function refundRefused(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  const delayed = at('wechatPay.refund', 'before', () => 'delayed')
  await simulation.call(1, 'refund', { out_trade_no }, delayed)
  const refuse = at('wechatPay.refund', 'before', () => ({ instead: refused('NOTENOUGH') }))
  await simulation.call(1, 'queryrefund', { out_trade_no }, refuse)
  return out_trade_no
}

/** The shop has returned the order to 已支付, and then the first refund request reached WeChat. */
export async function returnedToPaidTooEarly(simulation: Simulation): Promise<string> {
  const out_trade_no = await refundRefused(simulation)
  simulation.deliverRequest()
  return out_trade_no
}

/** Paid, and the merchant has made `times` refunds of `refund_fee` (fen) by hand, all paid out. */
export const refundedByHand =
  (refund_fee: number, times = 1, before: GivenOrder = paid): GivenOrder =>
  async (simulation) => {
    const out_trade_no = await before(simulation)
    for (let n = 0; n < times; n++) simulation.ledger.refundByHand({ out_trade_no, refund_fee })
    simulation.clock.advance(MINUTE)
    return out_trade_no
  }

/** Refunded in full. */
export async function refunded(simulation: Simulation): Promise<string> {
  const out_trade_no = await refunding(simulation)
  simulation.clock.advance(10_000)
  orderOf(await simulation.call(1, 'queryrefund', { out_trade_no }))
  return out_trade_no
}

/** Closed in the shop because WeChat replied CLOSED, but still payable at WeChat. */
export async function closedTooEarly(simulation: Simulation): Promise<string> {
  const out_trade_no = await ordered(simulation)
  const fate = { instead: closedReply(simulation, out_trade_no) }
  const closed = at('wechatPay.orderquery', 'after', () => fate)
  const reply = await simulation.call(1, 'orderquery', { out_trade_no }, closed)
  if (orderOf(reply).status !== 2) throw new Error(`${out_trade_no} was not closed`)
  return out_trade_no
}

/** Closed in the shop, and paid afterwards. */
export async function paidAfterClosing(simulation: Simulation): Promise<string> {
  const out_trade_no = await closedTooEarly(simulation)
  if (!simulation.pay(out_trade_no)) throw new Error(`${out_trade_no} could not be paid`)
  return out_trade_no
}

function closedReply({ settings }: Simulation, out_trade_no: string) {
  const { appid, mch_id } = settings
  return { kind: 'ok', fields: { appid, mch_id, out_trade_no, trade_state: 'CLOSED' } }
}
