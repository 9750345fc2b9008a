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
  revoked_at?: number
  /** what the payer's attempt to pay has come to; absent before one and after it was cancelled */
  attempt?: PayingAttempt
  payment?: Payment
  /** how refunds that are yet to be asked for will end; SUCCESS when absent */
  refund_outcome?: RefundOutcome
}

export interface Payment {
  transaction_id: string
  paid_at: number
  bank_type: string
}

/** The payer has begun to pay, or the payment failed and may be tried again. */
export type PayingAttempt = 'USERPAYING' | 'PAYERROR'

export type TradeState = 'NOTPAY' | PayingAttempt | 'SUCCESS' | 'REFUND' | 'CLOSED' | 'REVOKED'

export type RefundOutcome = 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE'

/** The accounts that a refund can be taken from (pay.weixin.qq.com, V2 申请退款, refund_account). */
export const refundAccounts = [
  'REFUND_SOURCE_UNSETTLED_FUNDS',
  'REFUND_SOURCE_RECHARGE_FUNDS',
] as const

export type RefundAccount = (typeof refundAccounts)[number]

/** Where the money of a refund comes from whose request does not say it. */
export const defaultRefundAccount: RefundAccount = 'REFUND_SOURCE_UNSETTLED_FUNDS'

/** Who asked for a refund: the merchant's program or a person in the merchant platform. */
export type RefundSource = 'API' | 'VENDOR_PLATFORM'

export type Refund = {
  /** out_refund_no */
  _id: string
  out_trade_no: string
  refund_id: string
  refund_fee: number
  accepted_at: number
  settles_at: number
  outcome: RefundOutcome
  /** as the request said; the default account when absent */
  refund_account?: RefundAccount
  /** API when absent */
  source?: RefundSource
  /** where its settlement is to be told, when the request said so */
  notify_url?: string
}

export type RefundStatus = 'PROCESSING' | RefundOutcome

/**
 * The state of `trade` at the time `now` (ms). Assumed: between its time_expire and the moment when
 * WeChat closes it, an unpaid trade is not CLOSED, though it cannot be paid any more; WeChat closes
 * it whatever the payer was doing. REFUND says that some refund was ever accepted, of whatever
 * amount and end.
 */
export function tradeState(trade: Trade, refunds: readonly Refund[], now: number): TradeState {
  if (trade.payment !== undefined) return refunds.length > 0 ? 'REFUND' : 'SUCCESS'
  if (trade.revoked_at !== undefined) return 'REVOKED'
  const expired = trade.expires_at !== undefined && now >= trade.expires_at + closesAfterExpiry
  if (trade.closed_at !== undefined || expired) return 'CLOSED'
  return trade.attempt ?? 'NOTPAY'
}

/** A refund settles by the clock alone: nothing has to run for it. */
export function refundStatus(refund: Refund, now: number): RefundStatus {
  return now < refund.settles_at ? 'PROCESSING' : refund.outcome
}

/** Whether the refund is off: its money is the merchant's again. */
export function isOff(refund: Refund, now: number): boolean {
  return refundStatus(refund, now) === 'REFUNDCLOSE'
}
