import type { Order } from '../../../typings/contract'
import { unknownOutcome } from './errors'
import type { PaymentFact, RefundFact } from './facts'
import { sendIfClaimed } from './message'
import { mustClose, type PaidMessage, STATUS } from './order'
import type { Ports } from './ports'
import { loadAndQuery, queryPayment, queryRefunds } from './query'
import { noteIfNotAccepted, type Progress, reconcileRefunds } from './reconcile-refunds'
import { isInFlight } from './refunds'
import { settlePayment, settleRefunds } from './settle'

/* Completes what an order needs now: settles WeChat's facts, closes at WeChat, reconciles refunds. */

/**
 * Brings the caller's order up to date: queries WeChat, settles the fact, sends the paid message if
 * this invocation claims it, and completes pending work.
 * @param message the claim on the paid message
 * @throws ShopError ORDER_NOT_FOUND; UNKNOWN if the stored order is unpaid and WeChat has not
 * confirmed that it is unpaid: it may have been paid
 */
export async function refresh(
  ports: Ports,
  out_trade_no: string,
  message?: PaidMessage,
): Promise<Order> {
  const { order, fact } = await loadAndQuery(ports, out_trade_no)
  const settled = await settleFact(ports, order, fact, message)
  const sent = { ...settled, order: await sendIfClaimed(ports, settled.order) }
  const finished = await finishOrder(ports, sent, fact)
  // 'paid' leaves an order unpaid only if the refund query did not return the transaction.
  const mayBePaid = fact.kind === 'unknown' || fact.kind === 'paid'
  if (finished.order.status === STATUS.UNPAID && mayBePaid)
    throw unknownOutcome(finished.whyUnknown)
  return finished.order
}

/**
 * Settles a fact about the payment. If it says that a refund exists, also queries and settles all
 * refunds: their replies contain the transaction, which that fact lacks.
 */
export async function settleFact(
  ports: Ports,
  order: Order,
  fact: PaymentFact,
  message?: PaidMessage,
): Promise<Progress> {
  if (fact.kind === 'unknown') return { order, whyUnknown: fact.why }
  // A refund of the shop in flight is reconciled by its number, and 已退款 is final.
  const skipsRefunds =
    order.status === STATUS.REFUNDED ||
    (order.status === STATUS.REFUNDING && isInFlight(order.refund))
  if (fact.kind !== 'paid' || !fact.hasRefunds || skipsRefunds) {
    return { order: await settlePayment(ports, order, fact, message) }
  }
  const refunds = await queryRefunds(ports, order)
  const payment = fact.payment ?? (refunds.kind === 'refunds' ? refunds.payment : undefined)
  const known = { ...fact, payment }
  const paid = await settlePayment(ports, order, known, message, refunds)
  return { order: await settleRefunds(ports, paid, refunds), whyUnknown: whyNoRefunds(refunds) }
}

/** Returns why a query did not return the refunds that must exist; undefined if it did. */
function whyNoRefunds(fact: RefundFact): string | undefined {
  if (fact.kind === 'notFound') return 'REFUNDNOTEXIST'
  return fact.kind === 'unknown' ? fact.why : undefined
}

/** Completes the pending work of a settled order: closes it at WeChat, and reconciles its refunds. */
export async function finishOrder(
  ports: Ports,
  { order, whyUnknown }: Progress,
  fact: PaymentFact,
): Promise<Progress> {
  if (whyUnknown !== undefined) return { order: await noteIfNotAccepted(ports, order), whyUnknown }
  const isDue = fact.kind === 'unpaid' && mustClose(order, ports.now())
  const closed = isDue ? await closeAtWeChat(ports, order) : { order }
  return closed.whyUnknown === undefined ? reconcileRefunds(ports, closed.order) : closed
}

/**
 * Asks WeChat to close the trade, then queries and settles the payment. The reply to closeorder
 * proves nothing: WeChat refuses within five minutes of ordering, and the payer may pay first. Only
 * the query moves the order.
 */
export async function closeAtWeChat(ports: Ports, order: Order): Promise<Progress> {
  await ports.wechatPay.closeorder(order.out_trade_no)
  return settleFact(ports, order, await queryPayment(ports, order))
}
