import type { Order } from '../../../typings/contract'
import { withAnomaly } from './anomaly'
import { change } from './change'
import { unknownOutcome } from './errors'
import type { PaymentFact, RefundFact } from './facts'
import { move, mustClose, type PaidMessage } from './order'
import type { Answer, Ports } from './ports'
import { queryPayment, queryRefund, queryRefunds } from './query'
import { isInFlight, nextRefund } from './refunds'
import { nextLateRefundAt } from './schedule'
import { settlePayment, settleRefunds } from './settle'

/* What the shop does about an order beyond recording facts: closing it, and pursuing refunds. */

const DAY = 24 * 60 * 60 * 1000

/** The order as it now is. `unknown`: why WeChat's answer could not be used, where it could not. */
export interface Outcome {
  order: Order
  unknown?: string | undefined
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
): Promise<Outcome> {
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
  { order, unknown }: Outcome,
  fact: PaymentFact,
): Promise<Outcome> {
  if (unknown !== undefined) return { order: await notAccepted(ports, order), unknown }
  const isDue = fact.kind === 'unpaid' && mustClose(order, ports.now())
  const closed = isDue ? await closeAtWeChat(ports, order) : { order }
  return closed.unknown === undefined ? pursueRefund(ports, closed.order) : closed
}

/**
 * The order of a finished outcome, for its shopper.
 * @throws ShopError UNKNOWN where it would show as unpaid and WeChat has not said so: it could have
 * been paid meanwhile
 */
export function shown({ order, unknown }: Outcome, fact: PaymentFact): Order {
  const isUnpaid = fact.kind !== 'unknown' && fact.kind !== 'paid'
  if (order.status === 0 && !isUnpaid) throw unknownOutcome(unknown)
  return order
}

/**
 * Asks WeChat to close the trade. What it answers proves nothing (it documents a refusal within
 * five minutes, and a payer may be faster): only the query that follows moves the order.
 */
export async function closeAtWeChat(ports: Ports, order: Order): Promise<Outcome> {
  await ports.wechatPay.closeorder(order.out_trade_no)
  return settleAnswer(ports, order, await queryPayment(ports, order))
}

/**
 * Finds out what became of the refunds of an order that is 正在退款, and asks for its own again
 * where WeChat has nothing recorded.
 * @param answer WeChat's, when it has been asked about the order's out_refund_no already
 */
export async function pursueRefund(ports: Ports, order: Order, answer?: Answer): Promise<Outcome> {
  if (order.status !== 3) return { order }
  const pursued = isInFlight(order.refund)
    ? await pursueOwnRefund(ports, order, answer)
    : await pursueOtherRefunds(ports, order)
  const { unknown } = pursued
  return unknown === undefined
    ? pursued
    : { order: await notAccepted(ports, pursued.order), unknown }
}

async function pursueOwnRefund(ports: Ports, order: Order, answer?: Answer): Promise<Outcome> {
  const number = order.refund!.out_refund_no
  const fact = await queryRefund(ports, order, number, answer)
  const settled = await settleRefunds(ports, order, fact)
  if (fact.kind === 'unknown') return { order: settled, unknown: fact.why }
  if (settled.refund?.out_refund_no !== number) return { order: settled }
  if (settled.status === 3 && fact.kind === 'absent' && isInFlight(settled.refund)) {
    return sendRefund(ports, settled)
  }
  // The shop's own refund is over, or waits for a person, and something is left: the merchant may
  // have refunded it by hand.
  const isLeft = settled.status === 1 || settled.status === 3
  const waits = settled.refund?.state === 'CHANGE' || !isInFlight(settled.refund)
  return isLeft && fact.kind === 'refunds' && waits
    ? pursueOtherRefunds(ports, settled)
    : { order: settled }
}

/**
 * Reads all refunds of an order that has none of its own in flight. What a payment that came after
 * closing is still owed is asked for again, when it is time.
 */
async function pursueOtherRefunds(ports: Ports, order: Order): Promise<Outcome> {
  const fact = await queryRefunds(ports, order)
  if (fact.kind === 'unknown') return { order, unknown: fact.why }
  const settled = await settleRefunds(ports, order, fact)
  const asked = await change(ports, settled, 'refund again', (current) => {
    const due = current.status === 3 ? nextLateRefundAt(current) : undefined
    return due !== undefined && ports.now() >= due ? nextRefund(current, ports.now()) : undefined
  })
  if (asked.moved_by !== `${ports.invocation} refund again`) return { order: asked }
  return sendRefund(ports, asked)
}

/** Notes a refund that WeChat has not accepted within a day, whatever the reason. */
function notAccepted(ports: Ports, order: Order): Promise<Order> {
  return change(ports, order, 'refund not accepted', (current) => {
    const { status, refund } = current
    const now = ports.now()
    if (status !== 3 || refund?.state !== 'ASKED' || now < refund.requested_at + DAY)
      return undefined
    const what = 'WeChat has not accepted a refund within a day: check KEY and P12, run the doctor'
    return withAnomaly(current, 'refundNotAccepted', what, now)
  })
}

/** What came of asking for a refund. */
export interface Sent extends Outcome {
  /** WeChat said no and has nothing recorded; else it has accepted, or that is `unknown` */
  refusal?: NonNullable<NonNullable<Order['refund']>['refusal']>
}

/**
 * Asks WeChat for the refund that the order's intent names. An acceptance settles nothing. After a
 * refusal the refunds that the merchant made by hand are booked: perhaps less is left than the shop
 * thought.
 */
export async function sendRefund(ports: Ports, order: Order): Promise<Sent> {
  const { refund } = order
  if (!refund) return { order, unknown: 'NO_INTENT' }
  const { out_refund_no } = refund
  const answer = await ports.wechatPay.refund(order, refund)
  if (answer.kind === 'ok') return { order }
  if (answer.kind === 'unknown') return { order, unknown: answer.why }

  // A refusal proves nothing about earlier requests with this number. Only a query does.
  const fact = await queryRefund(ports, order, out_refund_no)
  if (fact.kind === 'unknown') return { order, unknown: fact.why }
  if (fact.kind !== 'absent') return { order: await settleRefunds(ports, order, fact) }
  const refusal = { err_code: answer.err_code, err_code_des: answer.err_code_des }
  const refused = await change(ports, order, 'refund refused', (current) => {
    if (current.status !== 3 || current.refund?.out_refund_no !== out_refund_no) return undefined
    if (!isInFlight(current.refund)) return undefined
    const now = ports.now()
    const changed = { ...current.refund, state: 'REFUSED' as const, settled_at: now, refusal }
    // A payment that came after closing is owed back, refused or not.
    if (current.closed_at === undefined) return move('callOffRefund', { refund: changed })
    const what = `refund of a late payment refused: ${refusal.err_code}`
    return { refund: changed, ...withAnomaly(current, 'lateRefund', what, now) }
  })
  const known = await settleRefunds(ports, refused, await queryRefunds(ports, refused))
  return { order: known, refusal }
}
