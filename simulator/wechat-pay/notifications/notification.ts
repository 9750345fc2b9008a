/** One notification to the merchant, sent until the merchant acknowledges it. */
export type Notification = {
  /** `payment:<out_trade_no>` or `refund:<out_refund_no>:<refund_status>` */
  _id: string
  kind: 'payment' | 'refund'
  out_trade_no: string
  /** the notify_url */
  url: string
  /** the XML, the same for every attempt */
  body: string
  /** how often it was sent; copies sent together count once */
  attempts: number
  /** when it is sent next, ms since 1970; absent once acknowledged or given up */
  next_at?: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The delay after each failed attempt until the next (pay.weixin.qq.com, V2 支付结果通知). */
export const RETRY_DELAYS_MS: readonly number[] = [
  15 * SECOND,
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
]
