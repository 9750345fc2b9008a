import type { Fields } from '../xml'

/** So long (ms) after its time_expire WeChat closes an unpaid trade by itself (assumed). */
const closesAfterExpiry = 5 * 60_000

/** What the gateway knows of one order of the merchant. Times are ms since 1970, money is fen. */
export type Trade = {
  /** out_trade_no */
  _id: string
  /** all non-empty parameters of the first unifiedorder but nonce_str and sign */
  request: Fields
  openid: string
  total_fee: number
  created_at: number
  /** time_expire, when there is one */
  expires_at?: number
  prepay_id: string
  prepay_id_at: number
  closed_at?: number
  payment?: Payment
  /** how refunds that are yet to be asked for will end; SUCCESS when absent */
  refund_outcome?: RefundOutcome
}

export interface Payment {
  transaction_id: string
  paid_at: number
  bank_type: string
}

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'

export type RefundOutcome = 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE'

export type Refund = {
  /** out_refund_no */
  _id: string
  out_trade_no: string
  refund_id: string
  refund_fee: number
  settles_at: number
  outcome: RefundOutcome
  /** where its settlement is to be told, when the request said so */
  notify_url?: string
}

export type RefundStatus = 'PROCESSING' | RefundOutcome

/**
 * The state of `trade` at the time `now` (ms). Assumed: between its time_expire and the moment when
 * WeChat closes it, an unpaid trade is still NOTPAY, though it cannot be paid any more. REFUND
 * says that some refund was ever accepted, of whatever amount and end.
 */
export function tradeState(trade: Trade, refunds: readonly Refund[], now: number): TradeState {
  if (trade.payment !== undefined) return refunds.length > 0 ? 'REFUND' : 'SUCCESS'
  const expired = trade.expires_at !== undefined && now >= trade.expires_at + closesAfterExpiry
  return trade.closed_at !== undefined || expired ? 'CLOSED' : 'NOTPAY'
}

/** A refund settles by the clock alone: nothing has to run for it. */
export function refundStatus(refund: Refund, now: number): RefundStatus {
  return now < refund.settles_at ? 'PROCESSING' : refund.outcome
}
