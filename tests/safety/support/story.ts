import type { Order, PayReply } from '../../../typings/contract'
import { at } from './hooks'
import { CRASHED } from './invocation'
import { refused } from './memory-gateway'
import type { World } from './world'

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
export async function ordered(world: World): Promise<string> {
  const event = { goods_id: 'cake', key: world.key() }
  return orderOf(await world.call(1, 'unifiedorder', event))._id
}

/** The row is there; WeChat was never asked for the trade. */
export async function neverReachedWeChat(world: World): Promise<string> {
  const event = { goods_id: 'cake', key: world.key() }
  const crash = at('wechatPay.unifiedorder', 'before', () => 'crash')
  await world.call(1, 'unifiedorder', event, crash)
  return world.orders()[0]!._id
}

/** Ordered, and to be closed. */
export async function cancelled(world: World): Promise<string> {
  const out_trade_no = await ordered(world)
  await world.call(1, 'closeorder', { out_trade_no })
  return out_trade_no
}

/** Paid at WeChat; the shop does not know yet. */
export async function charged(world: World): Promise<string> {
  const out_trade_no = await ordered(world)
  if (!world.pay(out_trade_no)) throw new Error(`${out_trade_no} could not be paid`)
  return out_trade_no
}

/** Paid, and the payer told. */
export async function paid(world: World): Promise<string> {
  const out_trade_no = await charged(world)
  orderOf(await world.call(1, 'payorder', { out_trade_no }))
  return out_trade_no
}

/** Paid, and the message owed. */
export async function paidWithMessageOwed(world: World): Promise<string> {
  const out_trade_no = await charged(world)
  orderOf(await world.call(1, 'orderquery', { out_trade_no }))
  return out_trade_no
}

/** WeChat accepted the refund. */
export async function refunding(world: World): Promise<string> {
  const out_trade_no = await paid(world)
  orderOf(await world.call(1, 'refund', { out_trade_no }))
  return out_trade_no
}

/** The refund is wanted, and WeChat was never reached. */
export async function refundWanted(world: World): Promise<string> {
  const out_trade_no = await paid(world)
  const crash = at('wechatPay.refund', 'before', () => 'crash')
  await world.call(1, 'refund', { out_trade_no }, crash)
  return out_trade_no
}

/** WeChat accepted the refund, which is going to end like this. */
export const refundEnding =
  (outcome: 'REFUNDCLOSE' | 'CHANGE') =>
  async (world: World): Promise<string> => {
    const out_trade_no = await paid(world)
    world.ledger.setRefundOutcome(out_trade_no, outcome)
    await world.call(1, 'refund', { out_trade_no })
    world.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
    return out_trade_no
  }

/**
 * Called off, since WeChat had no refund and refused one; then the first request for it, which had
 * been under way all the time, arrives.
 */
export async function calledOffTooEarly(world: World): Promise<string> {
  const out_trade_no = await paid(world)
  const late = at('wechatPay.refund', 'before', () => 'late')
  await world.call(1, 'refund', { out_trade_no }, late)
  const refuse = at('wechatPay.refund', 'before', () => ({ instead: refused('NOTENOUGH') }))
  await world.call(1, 'queryrefund', { out_trade_no }, refuse)
  world.arrive()
  return out_trade_no
}

/** Paid, and the merchant refunds so many times so much (fen) by hand, which settles. */
export const refundedByHand =
  (refund_fee: number, times = 1, before: typeof paid = paid) =>
  async (world: World): Promise<string> => {
    const out_trade_no = await before(world)
    for (let n = 0; n < times; n++) world.ledger.refundByHand({ out_trade_no, refund_fee })
    world.clock.advance(60_000)
    return out_trade_no
  }

/** Refunded to the last fen. */
export async function refunded(world: World): Promise<string> {
  const out_trade_no = await refunding(world)
  world.clock.advance(10_000)
  orderOf(await world.call(1, 'queryrefund', { out_trade_no }))
  return out_trade_no
}

/** Closed here, since WeChat said so, and yet payable: a payment was under way. */
export async function closedTooEarly(world: World): Promise<string> {
  const out_trade_no = await ordered(world)
  const answer = { instead: closedAnswer(world, out_trade_no) }
  const closed = at('wechatPay.orderquery', 'after', () => answer)
  const reply = await world.call(1, 'orderquery', { out_trade_no }, closed)
  if (orderOf(reply).status !== 2) throw new Error(`${out_trade_no} was not closed`)
  return out_trade_no
}

/** The payment that comes after closing. */
export async function paidAfterClosing(world: World): Promise<string> {
  const out_trade_no = await closedTooEarly(world)
  if (!world.pay(out_trade_no)) throw new Error(`${out_trade_no} could not be paid`)
  return out_trade_no
}

function closedAnswer({ terms }: World, out_trade_no: string) {
  const { appid, mch_id } = terms
  return { kind: 'ok', fields: { appid, mch_id, out_trade_no, trade_state: 'CLOSED' } }
}
