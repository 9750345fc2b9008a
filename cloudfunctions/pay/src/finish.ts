import type { Order } from '../../../typings/contract'
import { unknownOutcome } from './errors'
import type { PaymentFact, RefundFact } from './facts'
import { sendIfClaimed } from './message'
import { mustClose, type PaidMessage } from './order'
import type { Ports } from './ports'
import { noteNotAccepted, type Progress, pursueRefund } from './pursue'
import { loadAndQuery, queryPayment, queryRefunds } from './query'
import { isInFlight } from './refunds'
import { settlePayment, settleRefunds } from './settle'

/* Brings an order as far as it can go now: settles what WeChat says, then closes and refunds. */

/**
 * Queries WeChat about the caller's order, settles the answer, sends the message if this invocation
 * claims it, and finishes what is left to do.
 * @param message the claim on the message that the order is paid
 * @throws ShopError ORDER_NOT_FOUND; UNKNOWN where the order would show as unpaid and WeChat has not
 * said so: it could have been paid meanwhile
 */
export async function refresh(
  ports: Ports,
  out_trade_no: string,
  message?: PaidMessage,
): Promise<Order> {
  const { order, fact } = await loadAndQuery(ports, out_trade_no)
  const settled = await settleAnswer(ports, order, fact, message)
  const sent = { ...settled, order: await sendIfClaimed(ports, settled.order) }
  const finished = await finish(ports, sent, fact)
  const isUnpaid = fact.kind !== 'unknown' && fact.kind !== 'paid'
  if (finished.order.status === 0 && !isUnpaid) throw unknownOutcome(finished.unknown)
  return finished.order
}

/**
 * Settles what WeChat says of the payment and, where it says that some refund exists, of all
 * refunds: of a payment that the shop did not know, they tell what the answer does not.
 */
export async function settleAnswer(
  ports: Ports,
  order: Order,
  fact: PaymentFact,
  message?: PaidMessage,
): Promise<Progress> {
  if (fact.kind === 'unknown') return { order, unknown: fact.why }
  // The shop's own refund is pursued by its number, and with 已退款 everything is known.
  const isKnown = order.status === 4 || (order.status === 3 && isInFlight(order.refund))
  if (fact.kind !== 'paid' || !fact.refunds || isKnown) {
    return { order: await settlePayment(ports, order, fact, message) }
  }
  const refunds = await queryRefunds(ports, order)
  const payment = fact.payment ?? (refunds.kind === 'refunds' ? refunds.payment : undefined)
  const known = { ...fact, payment }
  const paid = await settlePayment(ports, order, known, message, refunds)
  return { order: await settleRefunds(ports, paid, refunds), unknown: whyUnknown(refunds) }
}

/** Why nothing is known of refunds that must exist. */
function whyUnknown(fact: RefundFact): string | undefined {
  if (fact.kind === 'absent') return 'REFUNDNOTEXIST'
  return fact.kind === 'unknown' ? fact.why : undefined
}

/** Finishes what a settled order still waits for: closing, or refunds in flight. */
export async function finish(
  ports: Ports,
  { order, unknown }: Progress,
  fact: PaymentFact,
): Promise<Progress> {
  if (unknown !== undefined) return { order: await noteNotAccepted(ports, order), unknown }
  const isDue = fact.kind === 'unpaid' && mustClose(order, ports.now())
  const closed = isDue ? await closeAtWeChat(ports, order) : { order }
  return closed.unknown === undefined ? pursueRefund(ports, closed.order) : closed
}

/**
 * Asks WeChat to close the trade. What it answers proves nothing (it documents a refusal within
 * five minutes, and a payer may be faster): only the query that follows moves the order.
 */
export async function closeAtWeChat(ports: Ports, order: Order): Promise<Progress> {
  await ports.wechatPay.closeorder(order.out_trade_no)
  return settleAnswer(ports, order, await queryPayment(ports, order))
}
