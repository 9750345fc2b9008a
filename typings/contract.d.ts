/**
 * The contract between phone and cloud: documents, requests and replies. Types only (`import type`).
 * Money is integer fen, times are integer ms since 1970, and fields have WeChat Pay's names.
 */

/** An amount of money in fen, an integer. Only screens show yuan. */
export type Fen = number & { readonly unit: 'fen' }

/** A product. The shopper sends only its `_id`; price and texts always come from this document. */
export interface Goods {
  _id: string
  name: string
  description: string
  /** at least 1 */
  price: Fen
  /** file id of the picture in cloud storage */
  picture: string
}

/** 0 未支付, 1 已支付, 2 已关闭, 3 正在退款, 4 已退款 */
export type OrderStatus = 0 | 1 | 2 | 3 | 4

/** WeChat Pay's trade_state, and the tutorial's two for a refund: REFUNDING and REFUNDED. */
export type TradeState =
  | 'NOTPAY'
  | 'USERPAYING'
  | 'PAYERROR'
  | 'ACCEPT'
  | 'SUCCESS'
  | 'CLOSED'
  | 'REVOKED'
  | 'REFUNDING'
  | 'REFUNDED'

/**
 * WeChat's refund_status, and two of our own. `ASKED`: the shop requests the refund, and WeChat has
 * not confirmed it. `REFUSED`: WeChat refused it and has no record of it.
 */
export type RefundState = 'ASKED' | 'PROCESSING' | 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE' | 'REFUSED'

/** The shop's own latest refund of an order. */
export interface Refund {
  /** 1, 2, …: increases if WeChat closed or paid out the previous one, or if the amount differs */
  attempt: number
  /** `<out_trade_no>-<attempt>` */
  out_refund_no: string
  refund_fee: Fen
  requested_at: number
  state: RefundState
  /** when WeChat paid it out or closed it, or when it was refused */
  settled_at?: number
  /** WeChat's code and message, if it refused */
  refusal?: { err_code: string; err_code_des: string }
}

/**
 * The sums of all refunds of an order but `refund`: those that the merchant made in the merchant
 * platform, and the shop's own earlier ones.
 */
export interface MerchantRefunds {
  /** the sum that WeChat has paid out (SUCCESS) */
  refunded: Fen
  /** the sum that WeChat has accepted and not paid out (PROCESSING, CHANGE) */
  in_flight: Fen
  /** how many refunds the two sums include, at least 1 */
  count: number
  /** when WeChat paid out the latest of them, if it says so */
  last_at?: number
}

/** Why a person should check an order, the most severe reason first. */
export type AnomalyKind =
  /** paid with an amount other than the order's */
  | 'otherAmount'
  /** paid by two transactions */
  | 'secondTransaction'
  /**
   * WeChat's list of refunds is impossible: a duplicate, a sum above the payment, or another amount
   * than the shop requested
   */
  | 'refundMismatch'
  /** WeChat has refused or closed the refund of a payment that came after closing */
  | 'lateRefund'
  /** WeChat could not pay a refund out (CHANGE) */
  | 'refundChange'
  /** WeChat accepted the order, but now says that it does not exist */
  | 'missing'
  /** a refund was requested a day ago, and WeChat has not accepted it */
  | 'refundNotAccepted'

/**
 * Something that a person should check. The shop removes only `missing` and `refundNotAccepted` by
 * itself, once their cause is gone. `at`: when it was first seen. `what`: in English, for the merchant.
 */
export interface Anomaly {
  kind: AnomalyKind
  at: number
  what: string
}

export type MessageState = 'owed' | 'claimed' | 'sent' | 'refused'

/** An order, as stored and as sent to its owner. `_id` is `out_trade_no`. */
export interface Order {
  _id: string
  _openid: string
  out_trade_no: string
  goods_id: string
  body: string
  total_fee: Fen
  status: OrderStatus
  trade_state: TradeState
  trade_state_desc: string

  /** the parameters of unifiedorder, as chosen when the order was created: every call repeats them */
  request: Record<string, string>
  prepay_id?: string
  /** in seconds, for wx.requestPayment */
  time_stamp?: string
  nonce_str?: string
  /** the paySign of wx.requestPayment */
  sign?: string
  sign_type: 'MD5' | 'HMAC-SHA256'

  /** the payment, as WeChat reports it; only transaction_id and paid_fee if it is known from its refunds */
  transaction_id?: string
  bank_type?: string
  trade_type?: string
  paid_at?: number
  paid_fee?: Fen

  refund?: Refund
  merchant_refunds?: MerchantRefunds
  created_at: number
  /** after this the order can only be closed */
  expires_at: number
  close_requested_at?: number
  closed_at?: number
  /** the shopper has deleted it from the list */
  hidden: boolean
  /** `claimed_by`: the only invocation that may send it. `tries`: how often WeChat temporarily refused it */
  message?: { event: 'paid'; state: MessageState; claimed_by?: string; tries?: number }
  /** when the timer processes the order again; missing if nothing is left to do */
  next_check_at?: number
  /** what a person should check: one entry per kind, the most severe first; never empty */
  anomaly?: Anomaly[]
  /** since when WeChat has reported an order with a prepay_id as not existing */
  missing_since?: number

  /** for compare-and-set: every write increases it by one */
  rev: number
  /** the invocation and step that made the last write */
  moved_by: string
}

/** The request of each action of the function `pay`: `data` in the event `{type, data}`. */
export interface PayRequests {
  /** `key`: 32 hex characters, the idempotency key of one purchase */
  unifiedorder: { goods_id: string; key: string }
  orderquery: { out_trade_no: string }
  payorder: { out_trade_no: string }
  closeorder: { out_trade_no: string }
  refund: { out_trade_no: string }
  queryrefund: { out_trade_no: string; out_refund_no?: string }
  deleteorder: { out_trade_no: string }
}

export type PayAction = keyof PayRequests

export type PayErrorCode =
  /** the request is malformed: the message says what was expected */
  | 'BAD_REQUEST'
  /** the order does not exist, or the caller is not its owner */
  | 'ORDER_NOT_FOUND'
  | 'GOODS_NOT_FOUND'
  /** the goods cannot be sold: the name or the price is invalid, or a client wrote the document */
  | 'GOODS_NOT_FOR_SALE'
  /** the shopper has as many unpaid orders as the shop allows */
  | 'TOO_MANY_UNPAID'
  /** the same key was used for other goods */
  | 'KEY_REUSED'
  /** the order's status does not allow this */
  | 'NOT_ALLOWED_NOW'
  /** shoppers can no longer refund this order themselves */
  | 'REFUND_PERIOD_OVER'
  /** WeChat Pay refused: `err_code` and message are its own */
  | 'WECHAT_PAY_REFUSED'
  /** the outcome is unknown: query again, never pay again */
  | 'UNKNOWN'
  /** the deployer's configuration is missing or wrong: only the log says why */
  | 'NOT_CONFIGURED'

export type PayReply =
  /** `now`: the server's time, for countdowns, because the phone's clock may be wrong */
  | { code: 0; data: Order; now: number }
  | { code: 1; error: PayErrorCode; message: string; err_code?: string }
