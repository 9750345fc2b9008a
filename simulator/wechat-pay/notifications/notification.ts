/** One thing that the merchant is to be told, until the merchant says that it was taken in. */
export type Notification = {
  /** `payment:<out_trade_no>` or `refund:<out_refund_no>:<refund_status>` */
  _id: string
  kind: 'payment' | 'refund'
  out_trade_no: string
  /** the notify_url */
  url: string
  /** the XML, the same each time that it is sent */
  body: string
  /** how often it was sent; several copies at a time count once */
  attempts: number
  /** when it is sent (again), ms since 1970; absent once it was taken in or given up */
  next_at?: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** ms between a notification that was not taken in and the next (pay.weixin.qq.com, V2 支付结果通知). */
export const REPEATS_AFTER: readonly number[] = [
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
