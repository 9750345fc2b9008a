import type { Fen, MerchantRefunds, Order, Refund } from '../../../typings/contract'
import type { RefundRecord } from './facts'
import type { Changes } from './ports'

/*
 * How much of an order has been refunded, by whom, and what is left. The shop's own refund is
 * `refund`; every other one that WeChat has of the order is part of `merchant_refunds`.
 */

/** What asking for the next refund writes. */
export type NextRefund = { refund: Refund } & Pick<Changes, 'merchant_refunds'>

/** The number that WeChat knows the shop's n-th refund of an order by. */
export const refundNumber = (order: Order, attempt: number) => `${order.out_trade_no}-${attempt}`

/** True while WeChat may still pay the shop's own refund out. */
export const isInFlight = (refund: Refund | undefined) =>
  refund?.state === 'ASKED' || refund?.state === 'PROCESSING' || refund?.state === 'CHANGE'

/** What WeChat has paid back of the order (fen). */
export function refundedFee({ refund, merchant_refunds }: Order): number {
  const own = refund?.state === 'SUCCESS' ? refund.refund_fee : 0
  return own + (merchant_refunds?.refunded ?? 0)
}

/** What can still be refunded (fen): what was paid, less what is refunded or in flight. */
export function refundableFee(order: Order): number {
  const { refund, merchant_refunds } = order
  const own = refund && isInFlight(refund) ? refund.refund_fee : 0
  return order.total_fee - refundedFee(order) - own - (merchant_refunds?.in_flight ?? 0)
}

/**
 * The refund to ask for next: of all that is left. The same amount keeps its number, so that WeChat
 * refunds once however often it is asked; a number that WeChat has closed or paid out is used up.
 * @returns undefined when nothing is left
 */
export function nextRefund(order: Order, requested_at: number): NextRefund | undefined {
  const refund_fee = refundableFee(order)
  if (refund_fee < 1) return undefined
  const last = order.refund
  const isSame = last?.state === 'REFUSED' && last.refund_fee === refund_fee
  const attempt = (last?.attempt ?? 0) + (isSame ? 0 : 1)
  const refund: Refund = {
    attempt,
    out_refund_no: refundNumber(order, attempt),
    refund_fee: refund_fee as Fen,
    requested_at,
    state: 'ASKED',
  }
  // A part that the shop refunded before counts as one of the others from now on.
  return last?.state === 'SUCCESS'
    ? { refund, merchant_refunds: withRefund(order.merchant_refunds, last) }
    : { refund }
}

function withRefund(booked: MerchantRefunds | undefined, { refund_fee, settled_at }: Refund) {
  const { refunded = 0, in_flight = 0 as Fen, count = 0, last_at } = booked ?? {}
  const times = [last_at, settled_at].filter((at) => at !== undefined)
  return {
    refunded: (refunded + refund_fee) as Fen,
    in_flight,
    count: count + 1,
    ...(times.length > 0 && { last_at: Math.max(...times) }),
  }
}

/**
 * Sums up the refunds of a complete list but the shop's own latest one. Those that WeChat closed
 * do not count. @returns undefined when there are none
 */
export function bookMerchantRefunds(
  order: Order,
  records: readonly RefundRecord[],
): MerchantRefunds | undefined {
  const own = order.refund?.out_refund_no ?? refundNumber(order, 1)
  const live = records.filter(
    ({ out_refund_no, state }) => out_refund_no !== own && state !== 'REFUNDCLOSE',
  )
  if (live.length === 0) return undefined
  const paidOut = live.filter(({ state }) => state === 'SUCCESS')
  const times = paidOut.flatMap(({ settled_at }) => settled_at ?? [])
  return {
    refunded: sum(paidOut),
    in_flight: (sum(live) - sum(paidOut)) as Fen,
    count: live.length,
    ...(times.length > 0 && { last_at: Math.max(...times) }),
  }
}

const sum = (records: readonly RefundRecord[]) =>
  records.reduce((total, { refund_fee }) => total + refund_fee, 0) as Fen

/** Why a list of refunds cannot be right; undefined when it can. */
export function mismatchOf(order: Order, records: readonly RefundRecord[]): string | undefined {
  const numbers = new Set(records.map(({ out_refund_no }) => out_refund_no))
  if (numbers.size < records.length) return 'WeChat lists a refund twice'
  const { refund, total_fee } = order
  const own = records.find(({ out_refund_no }) => out_refund_no === refund?.out_refund_no)
  if (refund && own && own.refund_fee !== refund.refund_fee) {
    return `refund of ${own.refund_fee} fen instead of ${refund.refund_fee}`
  }
  const live = sum(records.filter(({ state }) => state !== 'REFUNDCLOSE'))
  return live > total_fee ? `refunds of ${live} fen, ${total_fee} fen were paid` : undefined
}
