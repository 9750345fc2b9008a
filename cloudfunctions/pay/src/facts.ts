import type { Fen, Order, RefundState, TradeState } from '../../../typings/contract'
import { fromGatewayTime } from './beijing-time'
import type { Payment } from './order'
import type { GatewayReply, Fields } from './ports'

/**
 * What WeChat's reply proves about a payment. A reply proves something only if it has every field
 * of its kind and they match the order (the port has compared appid and mch_id). Every other reply
 * is `unknown`.
 */
export type PaymentFact =
  /**
   * `hasRefunds`: WeChat says REFUND, which means that the order is paid and has a refund. According to
   * WeChat's documentation the reply then has no other field: `payment` is undefined, and the refund
   * query returns a part of it.
   */
  | { kind: 'paid'; payment: Payment | undefined; hasRefunds: boolean }
  | { kind: 'unpaid'; trade_state: TradeState; trade_state_desc: string }
  | { kind: 'closed' }
  /** WeChat has no such trade; true at `asked_at` (ms), perhaps no longer */
  | { kind: 'notFound'; queried_at: number }
  /** our order, paid with another amount: only a person can end it */
  | { kind: 'otherAmount'; paid_fee: number }
  | { kind: 'unknown'; why: string }

/** One refund, as WeChat reports it. */
export interface RefundRecord {
  out_refund_no: string
  refund_fee: Fen
  state: Exclude<RefundState, 'ASKED' | 'REFUSED'>
  /** when WeChat paid it out (ms); undefined if WeChat gives no time */
  settled_at: number | undefined
}

/** What WeChat's reply proves about the refunds of our order. */
export type RefundFact =
  /** `isComplete`: these are all refunds of the order; otherwise only those that were queried */
  | { kind: 'refunds'; refunds: RefundRecord[]; isComplete: boolean; payment: Payment | undefined }
  /** WeChat has no refund */
  | { kind: 'notFound' }
  | { kind: 'unknown'; why: string }

/** One page of a refund query. `total`: the number of all refunds, if WeChat says it. */
export type RefundPage =
  | (Extract<RefundFact, { kind: 'refunds' }> & { total: number | undefined })
  | Exclude<RefundFact, { kind: 'refunds' }>

/** How many refunds WeChat returns per page. */
export const REFUNDS_PER_PAGE = 10
/** How many refunds of one payment WeChat accepts. */
export const MAX_REFUNDS = 50

const unknown = (why: string) => ({ kind: 'unknown', why }) as const

const UNPAID: ReadonlySet<string> = new Set(['NOTPAY', 'USERPAYING', 'PAYERROR', 'ACCEPT'])
const REFUND_STATES: ReadonlySet<string> = new Set([
  'PROCESSING',
  'SUCCESS',
  'REFUNDCLOSE',
  'CHANGE',
])

/**
 * Interprets the reply to a payment query.
 * @param queried_at ms, taken before the query was sent
 */
export function paymentFact(reply: GatewayReply, order: Order, queried_at: number): PaymentFact {
  if (reply.kind === 'unknown') return reply
  if (reply.kind === 'refused') {
    const { err_code } = reply
    return err_code === 'ORDERNOTEXIST' ? { kind: 'notFound', queried_at } : unknown(err_code)
  }
  const { fields } = reply
  if (fields['out_trade_no'] !== order.out_trade_no) return unknown('NOT_OURS')
  const { trade_state = '', trade_state_desc = '' } = fields
  if (trade_state === 'SUCCESS' || trade_state === 'REFUND') return paidFact(fields, order)
  if (trade_state === 'CLOSED' || trade_state === 'REVOKED') return { kind: 'closed' }
  if (UNPAID.has(trade_state)) {
    return { kind: 'unpaid', trade_state: trade_state as TradeState, trade_state_desc }
  }
  return unknown('TRADE_STATE')
}

function paidFact(fields: Fields, order: Order): PaymentFact {
  const { transaction_id, bank_type, trade_type, openid } = fields
  const hasRefunds = fields['trade_state'] === 'REFUND'
  const isBare = !transaction_id && openid === undefined && fields['total_fee'] === undefined
  if (hasRefunds && isBare) return { kind: 'paid', payment: undefined, hasRefunds }
  if (openid !== order._openid) return unknown('NOT_OURS')
  const paid_at = fromGatewayTime(fields['time_end'])
  // total_fee is the price; with coupons, cash_fee and settlement_* differ from it.
  const paid_fee = fen(fields['total_fee'])
  if (!transaction_id || !bank_type || !trade_type || !paid_at || paid_fee === undefined) {
    return unknown('INCOMPLETE')
  }
  if (paid_fee !== order.total_fee) return { kind: 'otherAmount', paid_fee }
  const payment = { transaction_id, bank_type, trade_type, paid_at, paid_fee }
  return { kind: 'paid', payment, hasRefunds }
}

/** Interprets the reply to a query for one refund, or for one page of an order's refunds. */
export function refundPage(reply: GatewayReply, order: Order): RefundPage {
  if (reply.kind === 'unknown') return reply
  if (reply.kind === 'refused') {
    const { err_code } = reply
    return err_code === 'REFUNDNOTEXIST' ? { kind: 'notFound' } : unknown(err_code)
  }
  const { fields } = reply
  const { transaction_id } = fields
  if (fields['out_trade_no'] !== order.out_trade_no) return unknown('NOT_OURS')
  const paid_fee = fen(fields['total_fee'])
  if (paid_fee !== order.total_fee) return unknown('NOT_OURS')
  const count = wholeNumber(fields['refund_count']) ?? 0
  if (count < 1 || count > MAX_REFUNDS) return unknown('INCOMPLETE')
  // A reply lists at most ten, even if refund_count is more.
  const rows = Array.from({ length: Math.min(count, REFUNDS_PER_PAGE) }, (_, n) => n)
  const refunds = rows.flatMap((n) => refundRecord(fields, n) ?? [])
  if (refunds.length < rows.length) return unknown('INCOMPLETE')
  const total = wholeNumber(fields['total_refund_count'])
  const payment = transaction_id ? { transaction_id, paid_fee: order.total_fee } : undefined
  return { kind: 'refunds', refunds, isComplete: false, payment, total }
}

function refundRecord(fields: Fields, n: number): RefundRecord | undefined {
  const out_refund_no = fields[`out_refund_no_${n}`]
  const refund_fee = fen(fields[`refund_fee_${n}`])
  const state = fields[`refund_status_${n}`] ?? ''
  if (!out_refund_no || refund_fee === undefined || !REFUND_STATES.has(state)) return undefined
  const settled_at = fromGatewayTime(fields[`refund_success_time_${n}`])
  return { out_refund_no, refund_fee, state: state as RefundRecord['state'], settled_at }
}

const fen = (text: string | undefined) => wholeNumber(text) as Fen | undefined

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined
}
