import type { Order, PayReply } from '../../../typings/contract'
import { CRASHED } from './invocation'
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
  await world.call(1, 'refund', { out_trade_no }, ({ name }, when) =>
    name === 'wechatPay.refund' && when === 'before' ? 'crash' : 'go',
  )
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
  const reply = await world.call(1, 'orderquery', { out_trade_no }, ({ name }, when) =>
    name === 'wechatPay.orderquery' && when === 'after'
      ? { instead: closedAnswer(world, out_trade_no) }
      : 'go',
  )
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
