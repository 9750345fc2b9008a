import { isDeepStrictEqual } from 'node:util'
import type { Order, Refund } from '../../../typings/contract'
import { withAnomaly, withoutAnomaly } from './anomaly'
import { change } from './change'
import type { PaymentFact, RefundFact, RefundRecord } from './facts'
import { move, type PaidMessage, type Payment } from './order'
import type { Changes, Ports } from './ports'
import {
  bookMerchantRefunds,
  isInFlight,
  mismatchOf,
  nextRefund,
  refundedFee,
  refundNumber,
} from './refunds'

/*
 * The only place where a fact about money changes an order, whether a query, a notification or the
 * timer brings it. A fact that comes twice, late or out of order finds nothing left to do.
 */

type KnownRefunds = Extract<RefundFact, { kind: 'refunds' }>

/** How long (ms) WeChat must say that it does not know an order that it gave a prepay_id to. */
const MISSING_BEFORE_CLOSING = 6 * 60 * 60 * 1000

/**
 * Settles what WeChat says of the payment.
 * @param message the message that the order is paid: claimed when this invocation sends it
 * @param refunds all refunds of the order, where they are known: a payment that came after closing
 * is given back less what the merchant has given back
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
    const isKnown = fact.kind !== 'absent' && fact.kind !== 'unknown'
    if (current.missing_since === undefined || !isKnown) return changes
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
      return fact.payment && paid(order, now, fact.payment, message, refunds)
    case 'otherAmount': {
      const what = `paid ${fact.paid_fee} fen instead of ${order.total_fee}`
      return withAnomaly(order, 'otherAmount', what, now)
    }
    case 'closed':
      return closed(order, now)
    case 'absent':
      return absent(order, now, fact.asked_at)
    case 'unpaid':
      return order.status === 0 && order.trade_state !== fact.trade_state
        ? { trade_state: fact.trade_state, trade_state_desc: fact.trade_state_desc }
        : undefined
    case 'unknown':
      return undefined
  }
}

function paid(
  order: Order,
  now: number,
  payment: Payment,
  message: PaidMessage,
  refunds: RefundFact | undefined,
): Changes | undefined {
  if (order.status === 0) return move('pay', { ...payment, message })
  if (order.status === 2) {
    const booked =
      refunds?.kind === 'refunds' ? bookMerchantRefunds(order, refunds.refunds) : undefined
    const known = booked && { merchant_refunds: booked }
    const next = nextRefund({ ...order, ...known }, now)
    return move('refundLatePayment', { ...payment, hidden: false, ...known, ...next })
  }
  return order.transaction_id === payment.transaction_id
    ? undefined
    : withAnomaly(order, 'secondTransaction', 'paid by two transactions', now)
}

const closed = (order: Order, now: number): Changes | undefined =>
  order.status === 0 ? move('close', { closed_at: now }) : undefined

/**
 * WeChat does not know the order. Before it expires the request may still be on its way. After
 * that WeChat can no longer accept it: an order that never had a prepay_id is closed. One that had
 * is known to WeChat, whatever it says (another merchant's number in the configuration is enough
 * for this answer): it is closed when WeChat repeats it over hours.
 */
function absent(order: Order, now: number, asked_at: number): Changes | undefined {
  if (order.status !== 0 || asked_at <= order.expires_at) return undefined
  if (order.prepay_id === undefined) return closed(order, now)
  if (order.missing_since === undefined) {
    const what = 'WeChat does not know this order, though it gave it a prepay_id: check MCHID'
    return { missing_since: asked_at, ...withAnomaly(order, 'missing', what, now) }
  }
  return asked_at >= order.missing_since + MISSING_BEFORE_CLOSING ? closed(order, now) : undefined
}

/** Settles what WeChat says of one refund of the order, or of all. */
export async function settleRefunds(ports: Ports, order: Order, fact: RefundFact): Promise<Order> {
  if (fact.kind !== 'refunds') return order
  const { order: settled, wrote } = await change(ports, order, 'settle refunds', (current) =>
    refundChanges(current, fact, ports.now()),
  )
  // A move can make room for the next one: 1→3, then 3→4.
  return wrote ? settleRefunds(ports, settled, fact) : settled
}

/**
 * Settles that WeChat refused a refund and has nothing recorded of it: a query has said so.
 * @param refusal WeChat's own words
 */
export async function settleRefusal(
  ports: Ports,
  order: Order,
  out_refund_no: string,
  refusal: NonNullable<Refund['refusal']>,
): Promise<Order> {
  const settled = await change(ports, order, 'settle refusal', (current) => {
    if (current.status !== 3 || current.refund?.out_refund_no !== out_refund_no) return undefined
    if (!isInFlight(current.refund)) return undefined
    const now = ports.now()
    const changed = { ...current.refund, state: 'REFUSED' as const, settled_at: now, refusal }
    // A payment that came after closing is owed back, refused or not.
    if (current.closed_at === undefined) return move('callOffRefund', { refund: changed })
    const what = `refund of a late payment refused: ${refusal.err_code}`
    return { refund: changed, ...withAnomaly(current, 'lateRefund', what, now) }
  })
  return settled.order
}

/** The next write that the refunds ask for; undefined when the order says all of it. */
function refundChanges(order: Order, fact: KnownRefunds, now: number): Changes | undefined {
  if (order.status !== 1 && order.status !== 3) return undefined
  const mismatch = mismatchOf(order, fact.refunds)
  if (mismatch) return withAnomaly(order, 'refundMismatch', mismatch, now)

  const refund = ownRefund(order, fact, now)
  const merchant_refunds = fact.isComplete
    ? bookMerchantRefunds(order, fact.refunds)
    : order.merchant_refunds
  const next = { ...order, refund, merchant_refunds } as Order
  const isKnown =
    isDeepStrictEqual(refund, order.refund) &&
    isDeepStrictEqual(merchant_refunds, order.merchant_refunds)
  const changes = isKnown
    ? undefined
    : { refund, merchant_refunds, ...refundAnomaly(order, refund, now) }

  const isAllRefunded = refundedFee(next) === order.total_fee
  if (order.status === 1) {
    return isInFlight(refund) || isAllRefunded ? move('askRefund', changes ?? {}) : changes
  }
  if (isAllRefunded) return move('settleRefund', changes ?? {})
  if (isInFlight(refund) || (merchant_refunds?.in_flight ?? 0) > 0) return changes
  // Nothing is in flight, and a part is left. A payment that came after closing is owed back; of
  // every other order the shopper may ask for the rest.
  return order.closed_at === undefined ? move('callOffRefund', changes ?? {}) : changes
}

/** The shop's own refund as WeChat has it. One that never asked and yet is there did ask, late. */
function ownRefund(order: Order, { refunds }: KnownRefunds, now: number): Refund | undefined {
  const known = order.refund
  const number = known?.out_refund_no ?? refundNumber(order, 1)
  const record = refunds.find(({ out_refund_no }) => out_refund_no === number)
  if (!record || record.state === known?.state) return known
  if (!known) return record.state === 'REFUNDCLOSE' ? undefined : adopted(record, number, now)
  // Both are final: what says otherwise is an answer that took long.
  if (known.state === 'SUCCESS') return known
  if (known.state === 'REFUNDCLOSE' && record.state !== 'SUCCESS') return known
  const { settled_at: _, refusal: __, ...asked } = known
  return { ...asked, state: record.state, ...settledAt(record, now) }
}

const adopted = (record: RefundRecord, out_refund_no: string, now: number): Refund => ({
  attempt: 1,
  out_refund_no,
  refund_fee: record.refund_fee,
  requested_at: now,
  state: record.state,
  ...settledAt(record, now),
})

/** WeChat gives no time for a refund that it closed: then it is when the shop learns of it. */
function settledAt({ state, settled_at }: RefundRecord, now: number) {
  return state === 'SUCCESS' || state === 'REFUNDCLOSE' ? { settled_at: settled_at ?? now } : {}
}

/** What a person must look at, or no longer must, now that the shop's own refund is like this. */
function refundAnomaly(order: Order, refund: Refund | undefined, now: number) {
  if (refund?.state === order.refund?.state) return undefined
  const accepted = withoutAnomaly(order, 'refundNotAccepted')
  const known = { ...order, ...accepted } as Order
  const noted =
    refund?.state === 'CHANGE'
      ? withAnomaly(known, 'refundChange', 'refund CHANGE: act in the merchant platform', now)
      : refund?.state === 'REFUNDCLOSE' && order.closed_at !== undefined
        ? withAnomaly(known, 'lateRefund', 'WeChat closed the refund of a late payment', now)
        : undefined
  return { ...accepted, ...noted }
}
