import type { Fen, MerchantRefunds, Order, Refund } from '../../../typings/contract'
import { backOff, DAY, HOUR, longestWait, MINUTE } from './backoff'
import { notAllowedNow, ShopError } from './errors'
import type { RefundRecord } from './facts'
import { paymentTime, STATUS } from './order'
import type { Changes, ShopSettings } from './ports'

/*
 * Every decision about refunds: how much of an order has been refunded, by whom, how much is left,
 * and who may request it when. `refund` is the shop's own refund. `merchant_refunds` sums up every
 * other refund of the order.
 */

/** WeChat requires a minute between two refunds of one order, and limits failed ones (V2 申请退款). */
const BETWEEN_REFUNDS = MINUTE

/**
 * How long after WeChat closed the refund of a late payment the shop requests the next one (ms).
 * After these a person must refund it: a payment can have only 50 refunds, and most are left to them.
 */
const LATE_PAYMENT_REFUND_WAITS = [HOUR, 6 * HOUR, DAY, 3 * DAY]

/** What is stored when the next refund is requested. */
export type NextRefund = { refund: Refund } & Pick<Changes, 'merchant_refunds'>

/** Returns the out_refund_no of the shop's n-th refund of an order. */
export const refundNumber = (order: Order, attempt: number) => `${order.out_trade_no}-${attempt}`

/** Returns whether WeChat may still pay out the shop's own refund. */
export const isInFlight = (refund: Refund | undefined) =>
  refund?.state === 'ASKED' || refund?.state === 'PROCESSING' || refund?.state === 'CHANGE'

/** Returns how much of the order WeChat has refunded (fen). */
export function refundedFee({ refund, merchant_refunds }: Order): number {
  const own = refund?.state === 'SUCCESS' ? refund.refund_fee : 0
  return own + (merchant_refunds?.refunded ?? 0)
}

/** Returns how much can still be refunded (fen): the price less what is refunded or in flight. */
export function refundableFee(order: Order): number {
  const { refund, merchant_refunds } = order
  const own = refund && isInFlight(refund) ? refund.refund_fee : 0
  return order.total_fee - refundedFee(order) - own - (merchant_refunds?.in_flight ?? 0)
}

/**
 * Returns the next refund to request, of all that is left. After a refusal, the same amount keeps its
 * number, so that WeChat refunds it only once. A number that WeChat closed or paid out is not reused.
 * @returns undefined if nothing is left
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
  // The shop's previous refund now counts among the others.
  return last?.state === 'SUCCESS'
    ? { refund, merchant_refunds: withRefund(order.merchant_refunds, last) }
    : { refund }
}

/** Adds a refund to the sums. */
function withRefund(known: MerchantRefunds | undefined, { refund_fee, settled_at }: Refund) {
  const { refunded = 0, in_flight = 0 as Fen, count = 0, last_at } = known ?? {}
  const times = [last_at, settled_at].filter((at) => at !== undefined)
  return {
    refunded: (refunded + refund_fee) as Fen,
    in_flight,
    count: count + 1,
    ...(times.length > 0 && { last_at: Math.max(...times) }),
  }
}

/**
 * Returns the refund that a shopper requests: of all that is left of a paid order.
 * @throws ShopError that says why it is not allowed now
 */
export function shopperRefund(order: Order, now: number, settings: ShopSettings): NextRefund {
  if (now > paymentTime(order) + settings.self_refund) {
    throw new ShopError('REFUND_PERIOD_OVER', '已超过自助退款期限，请联系商家')
  }
  const last = order.refund
  if (last?.refusal && now < (last.settled_at ?? 0) + BETWEEN_REFUNDS) throw refusedBy(last.refusal)
  if (last && !last.refusal && now < last.requested_at + BETWEEN_REFUNDS) {
    throw notAllowedNow('刚刚申请过退款，请过一分钟再试')
  }
  const next = nextRefund(order, now)
  if (!next) throw notAllowedNow('商家正在退款，没有可以再退的金额')
  return next
}

/** Creates the error for a refund that WeChat refused, with WeChat's own message. */
export const refusedBy = ({ err_code, err_code_des }: NonNullable<Refund['refusal']>) =>
  new ShopError('WECHAT_PAY_REFUSED', err_code_des, err_code)

/**
 * Returns the refund that the shop requests by itself, of a payment that came after closing;
 * undefined if none is due.
 */
export function latePaymentRefund(order: Order, now: number): NextRefund | undefined {
  const due = order.status === STATUS.REFUNDING ? latePaymentRefundAt(order) : undefined
  return due !== undefined && now >= due ? nextRefund(order, now) : undefined
}

/**
 * Returns when the shop requests the next refund of a payment that came after closing (ms);
 * undefined if it does not.
 */
export function latePaymentRefundAt(order: Order): number | undefined {
  const { refund, anomaly = [], closed_at } = order
  if (closed_at === undefined || isInFlight(refund) || refundableFee(order) < 1) return undefined
  if (refund?.settled_at === undefined) return closed_at
  const { state, settled_at, attempt } = refund
  if (state === 'SUCCESS') return settled_at + MINUTE
  if (state === 'REFUNDCLOSE') {
    const wait = LATE_PAYMENT_REFUND_WAITS[attempt - 1]
    return wait === undefined ? undefined : settled_at + wait
  }
  const since = anomaly.find(({ kind }) => kind === 'lateRefund')?.at ?? settled_at
  return backOff(since, settled_at, longestWait(order, settled_at))
}

/**
 * Sums up a complete list of refunds, without the shop's own latest one and without those that WeChat
 * closed.
 * @returns undefined if there are none
 */
export function sumMerchantRefunds(
  order: Order,
  records: readonly RefundRecord[],
): MerchantRefunds | undefined {
  const live = otherRefunds(order, records).filter(({ state }) => state !== 'REFUNDCLOSE')
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

/** Returns the records of a list that are not the shop's own latest refund. */
export function otherRefunds(order: Order, records: readonly RefundRecord[]): RefundRecord[] {
  const own = order.refund?.out_refund_no ?? refundNumber(order, 1)
  return records.filter(({ out_refund_no }) => out_refund_no !== own)
}

const sum = (records: readonly RefundRecord[]) =>
  records.reduce((total, { refund_fee }) => total + refund_fee, 0) as Fen

/**
 * Returns why a list of refunds is impossible: a duplicate, a sum above the payment, or another amount
 * than the shop requested. Returns undefined if it is possible.
 */
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
