import { isDeepStrictEqual } from 'node:util'
import type { Order, Refund } from '../../../typings/contract'
import { withAnomaly, withoutAnomaly } from './anomaly'
import { change } from './change'
import type { PaymentFact, RefundFact, RefundRecord } from './facts'
import { move, type PaidMessage, type Payment, STATUS } from './order'
import type { Changes, Ports } from './ports'
import {
  isInFlight,
  mismatchOf,
  nextRefund,
  otherRefunds,
  refundedFee,
  refundNumber,
  sumMerchantRefunds,
} from './refunds'

/*
 * The only place where a fact about money changes an order, whether it comes from a query, a
 * notification or the timer. A fact that the order already reflects, or that is outdated, writes
 * nothing.
 */

type KnownRefunds = Extract<RefundFact, { kind: 'refunds' }>

/** How long (ms) WeChat must report an order with a prepay_id as missing before it is closed. */
const MISSING_BEFORE_CLOSING = 6 * 60 * 60 * 1000

/**
 * Settles a fact about the payment.
 * @param message the paid message: claimed if this invocation sends it
 * @param refunds all refunds of the order, if they are known: of a payment that came after closing,
 * the shop refunds only what the merchant has not refunded
 */
export async function settlePayment(
  ports: Ports,
  order: Order,
  fact: PaymentFact,
  message: PaidMessage = { event: 'paid', state: 'owed' },
  refunds?: RefundFact,
): Promise<Order> {
  const settled = await change(ports, order, 'settle', (current) => {
    const changes = paymentChanges(current, ports.now(), fact, message, refunds)
    const isFound = fact.kind !== 'notFound' && fact.kind !== 'unknown'
    if (current.missing_since === undefined || !isFound) return changes
    return {
      ...changes,
      missing_since: undefined,
      ...withoutAnomaly({ ...current, ...changes } as Order, 'missing'),
    }
  })
  return settled.order
}

function paymentChanges(
  order: Order,
  now: number,
  fact: PaymentFact,
  message: PaidMessage,
  refunds: RefundFact | undefined,
): Changes | undefined {
  switch (fact.kind) {
    case 'paid':
      return fact.payment && paidChanges(order, now, fact.payment, message, refunds)
    case 'otherAmount': {
      const what = `paid ${fact.paid_fee} fen instead of ${order.total_fee}`
      return withAnomaly(order, 'otherAmount', what, now)
    }
    case 'closed':
      return closedChanges(order, now)
    case 'notFound':
      return notFoundChanges(order, now, fact.queried_at)
    case 'unpaid':
      return order.status === STATUS.UNPAID && order.trade_state !== fact.trade_state
        ? { trade_state: fact.trade_state, trade_state_desc: fact.trade_state_desc }
        : undefined
    case 'unknown':
      return undefined
  }
}

function paidChanges(
  order: Order,
  now: number,
  payment: Payment,
  message: PaidMessage,
  refunds: RefundFact | undefined,
): Changes | undefined {
  if (order.status === STATUS.UNPAID) return move('pay', { ...payment, message })
  if (order.status === STATUS.CLOSED) {
    const merchant_refunds =
      refunds?.kind === 'refunds' ? sumMerchantRefunds(order, refunds.refunds) : undefined
    const known = merchant_refunds && { merchant_refunds }
    const next = nextRefund({ ...order, ...known }, now)
    return move('refundLatePayment', { ...payment, hidden: false, ...known, ...next })
  }
  return order.transaction_id === payment.transaction_id
    ? undefined
    : withAnomaly(order, 'secondTransaction', 'paid by two transactions', now)
}

const closedChanges = (order: Order, now: number): Changes | undefined =>
  order.status === STATUS.UNPAID ? move('close', { closed_at: now }) : undefined

/**
 * Returns the changes if WeChat does not find the order. Before the order expires, the unifiedorder
 * request may still arrive; after that WeChat no longer accepts it. An order without a prepay_id is
 * then closed. WeChat did accept an order with a prepay_id (a wrong merchant number in the
 * configuration also causes this reply): it is closed only if WeChat repeats the reply over hours.
 */
function notFoundChanges(order: Order, now: number, queried_at: number): Changes | undefined {
  if (order.status !== STATUS.UNPAID || queried_at <= order.expires_at) return undefined
  if (order.prepay_id === undefined) return closedChanges(order, now)
  if (order.missing_since === undefined) {
    const what = 'WeChat does not know this order, though it gave it a prepay_id: check MCHID'
    return { missing_since: queried_at, ...withAnomaly(order, 'missing', what, now) }
  }
  return queried_at >= order.missing_since + MISSING_BEFORE_CLOSING
    ? closedChanges(order, now)
    : undefined
}

/** Settles a fact about one refund of the order, or all of them. */
export async function settleRefunds(ports: Ports, order: Order, fact: RefundFact): Promise<Order> {
  if (fact.kind !== 'refunds') return order
  const { order: settled, wrote } = await change(ports, order, 'settle refunds', (current) =>
    refundChanges(current, fact, ports.now()),
  )
  // One fact can cause two moves: PAID → REFUNDING, then REFUNDING → REFUNDED.
  return wrote ? settleRefunds(ports, settled, fact) : settled
}

/**
 * Settles that WeChat refused a refund, after a query has shown that it has no record of it.
 * @param refusal WeChat's code and message
 */
export async function settleRefusal(
  ports: Ports,
  order: Order,
  out_refund_no: string,
  refusal: NonNullable<Refund['refusal']>,
): Promise<Order> {
  const settled = await change(ports, order, 'settle refusal', (current) => {
    if (current.status !== STATUS.REFUNDING || current.refund?.out_refund_no !== out_refund_no) {
      return undefined
    }
    if (!isInFlight(current.refund)) return undefined
    const now = ports.now()
    const changed = { ...current.refund, state: 'REFUSED' as const, settled_at: now, refusal }
    // A payment that came after closing must be refunded, even if WeChat refuses at first.
    if (current.closed_at === undefined) return move('returnToPaid', { refund: changed })
    const what = `refund of a late payment refused: ${refusal.err_code}`
    return { refund: changed, ...withAnomaly(current, 'lateRefund', what, now) }
  })
  return settled.order
}

/** Returns the next write for a fact about refunds; undefined if the order is up to date. */
function refundChanges(order: Order, fact: KnownRefunds, now: number): Changes | undefined {
  if (order.status !== STATUS.PAID && order.status !== STATUS.REFUNDING) return undefined
  const mismatch = mismatchOf(order, fact.refunds)
  if (mismatch) return withAnomaly(order, 'refundMismatch', mismatch, now)

  const refund = ownRefund(order, fact, now)
  const merchant_refunds = fact.isComplete
    ? sumMerchantRefunds(order, fact.refunds)
    : order.merchant_refunds
  const next = { ...order, refund, merchant_refunds } as Order
  const anomaly = refundAnomaly(order, refund, fact, now)
  const isUnchanged =
    anomaly === undefined &&
    isDeepStrictEqual(refund, order.refund) &&
    isDeepStrictEqual(merchant_refunds, order.merchant_refunds)
  const changes = isUnchanged ? undefined : { refund, merchant_refunds, ...anomaly }

  const isAllRefunded = refundedFee(next) === order.total_fee
  if (order.status === STATUS.PAID) {
    return isInFlight(refund) || isAllRefunded ? move('startRefund', changes ?? {}) : changes
  }
  if (isAllRefunded) return move('completeRefund', changes ?? {})
  if (isInFlight(refund) || (merchant_refunds?.in_flight ?? 0) > 0) return changes
  // Nothing is in flight, and a part is left. A payment that came after closing must be refunded;
  // any other order is paid again, and the shopper may request the rest.
  return order.closed_at === undefined ? move('returnToPaid', changes ?? {}) : changes
}

/**
 * Returns the shop's own refund, as WeChat reports it. If the order has no intent but WeChat has the
 * shop's first number, a delayed request of the shop created that refund, and the order adopts it.
 */
function ownRefund(order: Order, { refunds }: KnownRefunds, now: number): Refund | undefined {
  const known = order.refund
  const number = known?.out_refund_no ?? refundNumber(order, 1)
  const record = refunds.find(({ out_refund_no }) => out_refund_no === number)
  if (!record || record.state === known?.state) return known
  if (!known) return record.state === 'REFUNDCLOSE' ? undefined : adoptedRefund(record, number, now)
  // SUCCESS is final, and only SUCCESS replaces REFUNDCLOSE: a different reply is outdated.
  if (known.state === 'SUCCESS') return known
  if (known.state === 'REFUNDCLOSE' && record.state !== 'SUCCESS') return known
  const { settled_at: _, refusal: __, ...requested } = known
  return { ...requested, state: record.state, ...endTime(record, now) }
}

const adoptedRefund = (record: RefundRecord, out_refund_no: string, now: number): Refund => ({
  attempt: 1,
  out_refund_no,
  refund_fee: record.refund_fee,
  requested_at: now,
  state: record.state,
  ...endTime(record, now),
})

/** Returns when a refund ended. WeChat gives no time for a refund that it closed: then `now`. */
function endTime({ state, settled_at }: RefundRecord, now: number) {
  return state === 'SUCCESS' || state === 'REFUNDCLOSE' ? { settled_at: settled_at ?? now } : {}
}

/** Returns the anomalies after a fact about refunds; undefined if they stay as they are. */
function refundAnomaly(
  order: Order,
  refund: Refund | undefined,
  { refunds }: KnownRefunds,
  now: number,
): Pick<Changes, 'anomaly'> | undefined {
  const hasNewState = refund?.state !== order.refund?.state
  const others = otherRefunds(order, refunds)
  const isInChange = [refund, ...others].some((one) => one?.state === 'CHANGE')
  const isLateClosed =
    hasNewState && refund?.state === 'REFUNDCLOSE' && order.closed_at !== undefined
  let known = order
  const apply = (changes: Pick<Changes, 'anomaly'> | undefined) => {
    known = { ...known, ...changes } as Order
  }
  if (hasNewState) apply(withoutAnomaly(known, 'refundNotAccepted'))
  if (isInChange) {
    apply(withAnomaly(known, 'refundChange', 'refund CHANGE: act in the merchant platform', now))
  }
  if (isLateClosed) {
    apply(withAnomaly(known, 'lateRefund', 'WeChat closed the refund of a late payment', now))
  }
  return known.anomaly === order.anomaly ? undefined : { anomaly: known.anomaly }
}
