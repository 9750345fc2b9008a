import type { Order, PayReply } from '../../../typings/contract'
import { at } from './hooks'
import { CRASHED } from './invocation'
import { refused } from './memory-gateway'
import type { Simulation } from './simulation'

/*
 * How far an order has come, told by what shopper 1 does. Each part of the story returns the
 * order's number; shopper 1 never meets a fault here.
 */

/** The order that an action answered with. @throws Error when it was refused */
export function orderOf(reply: PayReply | typeof CRASHED): Order {
  if (reply === CRASHED || reply.code !== 0) throw new Error(`no order: ${JSON.stringify(reply)}`)
  return reply.data
}

/** Ordered, and ready to be paid. */
export async function ordered(simulation: Simulation): Promise<string> {
  const event = { goods_id: 'cake', key: simulation.key() }
  return orderOf(await simulation.call(1, 'unifiedorder', event))._id
}

/** The row is there; WeChat was never asked for the trade. */
export async function neverReachedWeChat(simulation: Simulation): Promise<string> {
  const event = { goods_id: 'cake', key: simulation.key() }
  const crash = at('wechatPay.unifiedorder', 'before', () => 'crash')
  await simulation.call(1, 'unifiedorder', event, crash)
  return simulation.orders()[0]!._id
}

/** Ordered, and to be closed. */
export async function cancelled(simulation: Simulation): Promise<string> {
  const out_trade_no = await ordered(simulation)
  await simulation.call(1, 'closeorder', { out_trade_no })
  return out_trade_no
}

/** Paid at WeChat; the shop does not know yet. */
export async function charged(simulation: Simulation): Promise<string> {
  const out_trade_no = await ordered(simulation)
  if (!simulation.pay(out_trade_no)) throw new Error(`${out_trade_no} could not be paid`)
  return out_trade_no
}

/** Paid, and the payer told. */
export async function paid(simulation: Simulation): Promise<string> {
  const out_trade_no = await charged(simulation)
  orderOf(await simulation.call(1, 'payorder', { out_trade_no }))
  return out_trade_no
}

/** Paid, and the message owed. */
export async function paidWithMessageOwed(simulation: Simulation): Promise<string> {
  const out_trade_no = await charged(simulation)
  orderOf(await simulation.call(1, 'orderquery', { out_trade_no }))
  return out_trade_no
}

/** WeChat accepted the refund. */
export async function refunding(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  orderOf(await simulation.call(1, 'refund', { out_trade_no }))
  return out_trade_no
}

/** The refund is wanted, and WeChat was never reached. */
export async function refundWanted(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  const crash = at('wechatPay.refund', 'before', () => 'crash')
  await simulation.call(1, 'refund', { out_trade_no }, crash)
  return out_trade_no
}

/** WeChat accepted the refund, which is going to end like this. */
export const refundEnding =
  (outcome: 'REFUNDCLOSE' | 'CHANGE') =>
  async (simulation: Simulation): Promise<string> => {
    const out_trade_no = await paid(simulation)
    simulation.ledger.setRefundOutcome(out_trade_no, outcome)
    await simulation.call(1, 'refund', { out_trade_no })
    simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
    return out_trade_no
  }

/**
 * Called off, since WeChat had no refund and refused one; then the first request for it, which had
 * been under way all the time, arrives.
 */
export async function calledOffTooEarly(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  const late = at('wechatPay.refund', 'before', () => 'late')
  await simulation.call(1, 'refund', { out_trade_no }, late)
  const refuse = at('wechatPay.refund', 'before', () => ({ instead: refused('NOTENOUGH') }))
  await simulation.call(1, 'queryrefund', { out_trade_no }, refuse)
  simulation.arrive()
  return out_trade_no
}

/** Paid, and the merchant refunds so many times so much (fen) by hand, which settles. */
export const refundedByHand =
  (refund_fee: number, times = 1, before: typeof paid = paid) =>
  async (simulation: Simulation): Promise<string> => {
    const out_trade_no = await before(simulation)
    for (let n = 0; n < times; n++) simulation.ledger.refundByHand({ out_trade_no, refund_fee })
    simulation.clock.advance(60_000)
    return out_trade_no
  }

/** Refunded to the last fen. */
export async function refunded(simulation: Simulation): Promise<string> {
  const out_trade_no = await refunding(simulation)
  simulation.clock.advance(10_000)
  orderOf(await simulation.call(1, 'queryrefund', { out_trade_no }))
  return out_trade_no
}

/** Closed here, since WeChat said so, and yet payable: a payment was under way. */
export async function closedTooEarly(simulation: Simulation): Promise<string> {
  const out_trade_no = await ordered(simulation)
  const answer = { instead: closedAnswer(simulation, out_trade_no) }
  const closed = at('wechatPay.orderquery', 'after', () => answer)
  const reply = await simulation.call(1, 'orderquery', { out_trade_no }, closed)
  if (orderOf(reply).status !== 2) throw new Error(`${out_trade_no} was not closed`)
  return out_trade_no
}

/** The payment that comes after closing. */
export async function paidAfterClosing(simulation: Simulation): Promise<string> {
  const out_trade_no = await closedTooEarly(simulation)
  if (!simulation.pay(out_trade_no)) throw new Error(`${out_trade_no} could not be paid`)
  return out_trade_no
}

function closedAnswer({ terms }: Simulation, out_trade_no: string) {
  const { appid, mch_id } = terms
  return { kind: 'ok', fields: { appid, mch_id, out_trade_no, trade_state: 'CLOSED' } }
}
