/**
 * What the phone and the cloud agree on: documents, requests and replies. Types only (`import type`).
 * Money is integer fen, a time is integer ms since 1970, field names are WeChat Pay's own.
 */

/** An amount of money in fen: an integer. Yuan exists only on screen. */
export type Fen = number & { readonly unit: 'fen' }

/** A product. `goods/_id` is what a shopper names; price and texts come from here alone. */
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

/** WeChat Pay's word for a trade, and the tutorial's two for a refund */
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
 * WeChat's refund_status, and two of our own: `ASKED`, we asked or are about to and WeChat has not
 * been seen to have it; `REFUSED`, WeChat refused it and has nothing recorded.
 */
export type RefundState = 'ASKED' | 'PROCESSING' | 'SUCCESS' | 'REFUNDCLOSE' | 'CHANGE' | 'REFUSED'

/** The shop's own refund of an order: the latest one. */
export interface Refund {
  /** 1, 2, …: grows after WeChat closed or paid the one before, and when the amount is another */
  attempt: number
  /** `<out_trade_no>-<attempt>` */
  out_refund_no: string
  refund_fee: Fen
  requested_at: number
  state: RefundState
  settled_at?: number
  /** WeChat's own words, when it refused */
  refusal?: { err_code: string; err_code_des: string }
}

/** The other refunds of an order, which the merchant made in WeChat's platform; sums in fen. */
export interface MerchantRefunds {
  /** the sum of those that WeChat has paid out (SUCCESS) */
  refunded: Fen
  /** the sum of those that WeChat has accepted and not settled (PROCESSING, CHANGE) */
  in_flight: Fen
  /** how many the two sums are made of, at least 1 */
  count: number
  /** when WeChat paid out the latest of them, where it says so */
  last_at?: number
}

/** Why a person must look at an order, the worst first. */
export type AnomalyKind =
  /** paid with another amount than the order's */
  | 'otherAmount'
  /** paid by two transactions */
  | 'secondTransaction'
  /** WeChat's refunds cannot be right: more than was paid, a number twice, another amount */
  | 'refundMismatch'
  /** a payment that came after closing could not be given back */
  | 'lateRefund'
  /** WeChat could not pay a refund out (CHANGE) */
  | 'refundChange'
  /** the order was sent to WeChat, which now says that it does not exist */
  | 'missing'
  /** a refund was asked for a day ago, and WeChat has not accepted it */
  | 'refundNotAccepted'

/** `at`: when it was first seen. `what`: in English, for the merchant. */
export interface Anomaly {
  kind: AnomalyKind
  at: number
  what: string
}

export type MessageState = 'owed' | 'claimed' | 'sent' | 'refused'

/** An order as it is stored (`_id` = `out_trade_no`) and as its owner sees it. */
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

  /** the unifiedorder parameters, frozen when the order was made; every later call sends the same */
  request: Record<string, string>
  prepay_id?: string
  /** seconds, as the phone hands it to wx.requestPayment */
  time_stamp?: string
  nonce_str?: string
  sign?: string
  sign_type: 'MD5' | 'HMAC-SHA256'

  /** the payment, as WeChat tells it; of a trade that it knows only as refunded it tells the first and the last */
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
  /** the shopper took it off the list */
  hidden: boolean
  /** `claimed_by`: the one invocation that may send it. `tries`: how often WeChat refused it for now */
  message?: { event: 'paid'; state: MessageState; claimed_by?: string; tries?: number }
  /** when the timer looks again; absent when nothing can change any more */
  next_check_at?: number
  /** what a person must look at: one entry of a kind, the worst first; never empty */
  anomaly?: Anomaly[]
  /** since when WeChat has said that it does not know the order, though it gave it a prepay_id */
  missing_since?: number

  /** compare-and-set: grows by one with every write */
  rev: number
  /** the invocation and step that made the last write */
  moved_by: string
}

/** What each action of the function `pay` is asked: the event is `{type, data}`. */
export interface PayRequests {
  /** `key`: 32 hex characters, the idempotency key of one intent to buy */
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
  /** the request is malformed: message says what was expected */
  | 'BAD_REQUEST'
  /** no such order, or somebody else's */
  | 'ORDER_NOT_FOUND'
  | 'GOODS_NOT_FOUND'
  /** the goods document cannot be sold: its price is no integer of at least 1, or a client wrote it */
  | 'GOODS_NOT_FOR_SALE'
  /** the shopper has as many unpaid orders as the shop allows */
  | 'TOO_MANY_UNPAID'
  /** the same key was used for other goods */
  | 'KEY_REUSED'
  /** the order's status does not allow this */
  | 'NOT_ALLOWED_NOW'
  /** the time for refunding oneself is over */
  | 'REFUND_PERIOD_OVER'
  /** WeChat Pay said no: `err_code` and message are its own */
  | 'WECHAT_PAY_REFUSED'
  /** what happened is not known: ask again, never pay again */
  | 'UNKNOWN'
  /** the deployer's configuration is missing or wrong: message names the key */
  | 'NOT_CONFIGURED'

export type PayReply =
  /** `now`: the server's clock, which a countdown runs by: a phone's own may be wrong */
  | { code: 0; data: Order; now: number }
  | { code: 1; error: PayErrorCode; message: string; err_code?: string }
