import type { Fields } from '../xml'

/** How long (ms) after its time_expire WeChat closes an unpaid trade. Assumed: not documented. */
const CLOSES_AFTER_EXPIRY_MS = 5 * 60_000

/** How long (ms) a prepay_id can be paid with (pay.weixin.qq.com, V2 统一下单). */
const PREPAY_ID_LIFETIME_MS = 2 * 3600_000

/** One order of the merchant in the gateway's ledger. Times are ms since 1970, money is fen. */
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
  revoked_at?: number
  /** the state of the payer's attempt to pay; absent before the first and after a cancelled one */
  attempt?: PayingAttempt
  payment?: Payment
  /** the outcome of refunds that are requested from now on; SUCCESS when absent */
  refund_outcome?: RefundOutcome
}

export interface Payment {
  transaction_id: string
  paid_at: number
  bank_type: string
}

/** The payer has begun to pay, or the payment failed and can be tried again. */
export type PayingAttempt = 'USERPAYING' | 'PAYERROR'

export type TradeState = 'NOTPAY' | PayingAttempt | 'SUCCESS' | 'REFUND' | 'CLOSED' | 'REVOKED'

export type RefundOutcome = 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE'

/** The accounts that a refund can be taken from (pay.weixin.qq.com, V2 申请退款, refund_account). */
export const REFUND_ACCOUNTS = [
  'REFUND_SOURCE_UNSETTLED_FUNDS',
  'REFUND_SOURCE_RECHARGE_FUNDS',
] as const

export type RefundAccount = (typeof REFUND_ACCOUNTS)[number]

/** The account of a refund whose request names none. */
export const DEFAULT_REFUND_ACCOUNT: RefundAccount = 'REFUND_SOURCE_UNSETTLED_FUNDS'

/** The origin of a refund: the merchant's program, or a person in the merchant platform. */
export type RefundSource = 'API' | 'VENDOR_PLATFORM'

export type Refund = {
  /** out_refund_no */
  _id: string
  out_trade_no: string
  refund_id: string
  refund_fee: number
  accepted_at: number
  /** when it ends with the outcome: until then it is PROCESSING */
  settles_at: number
  outcome: RefundOutcome
  /** as in the request; DEFAULT_REFUND_ACCOUNT when absent */
  refund_account?: RefundAccount
  /** API when absent */
  source?: RefundSource
  /** where to notify the merchant of the outcome, when the request named it */
  notify_url?: string
}

export type RefundStatus = 'PROCESSING' | RefundOutcome

/**
 * Returns the state of `trade` at the time `now` (ms). REFUND means that a refund was accepted, of
 * any amount and outcome. Assumed: an unpaid trade past its time_expire is not CLOSED until WeChat
 * closes it, though it can no longer be paid; WeChat closes it even while the payer is paying.
 */
export function tradeState(trade: Trade, refunds: readonly Refund[], now: number): TradeState {
  if (trade.payment !== undefined) return refunds.length > 0 ? 'REFUND' : 'SUCCESS'
  if (trade.revoked_at !== undefined) return 'REVOKED'
  const expired = trade.expires_at !== undefined && now >= trade.expires_at + CLOSES_AFTER_EXPIRY_MS
  if (trade.closed_at !== undefined || expired) return 'CLOSED'
  return trade.attempt ?? 'NOTPAY'
}

/** Returns whether the trade's prepay_id can still be paid with at the time `now` (ms). */
export function isPrepayIdValid({ prepay_id_at }: Trade, now: number): boolean {
  return now < prepay_id_at + PREPAY_ID_LIFETIME_MS
}

/** Returns the status of a refund at the time `now` (ms). */
export function refundStatus(refund: Refund, now: number): RefundStatus {
  return now < refund.settles_at ? 'PROCESSING' : refund.outcome
}

/** Returns whether the refund is closed, which gives its money back to the merchant. */
export function isRefundClosed(refund: Refund, now: number): boolean {
  return refundStatus(refund, now) === 'REFUNDCLOSE'
}
