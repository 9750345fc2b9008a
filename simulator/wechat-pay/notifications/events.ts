import type { Ledger } from '../ledger'
import { type Refund, refundStatus, type Trade } from '../ledger/entities'
import type { Account } from '../protocol'
import { paymentBody, refundBody } from './body'
import type { Notification } from './notification'

export interface EventsOptions {
  ledger: Ledger
  account: Account
  /** where to notify the merchant of refunds without a notify_url, as set in 商户平台 */
  refundNotifyUrl?: string
  /** ms since 1970 */
  now: number
}

/** A payment or an ended refund, and the notification that it causes. */
type LedgerEvent = Pick<Notification, '_id' | 'kind' | 'out_trade_no' | 'url'> & {
  body: () => string
}

/** Returns every event in the ledger that the merchant is notified of, including past ones. */
export function eventsIn(options: EventsOptions): LedgerEvent[] {
  const { ledger } = options
  return ledger
    .trades()
    .flatMap((trade) => [
      ...paymentEvents(trade, options),
      ...ledger.refunds(trade._id).flatMap((refund) => refundEvents(refund, trade, options)),
    ])
}

function paymentEvents(trade: Trade, { account }: EventsOptions): LedgerEvent[] {
  const { _id: out_trade_no, payment, request } = trade
  if (payment === undefined || request.notify_url === undefined) return []
  const body = () => paymentBody(trade, payment, account)
  const _id = `payment:${out_trade_no}`
  return [{ _id, kind: 'payment', out_trade_no, url: request.notify_url, body }]
}

function refundEvents(refund: Refund, trade: Trade, options: EventsOptions): LedgerEvent[] {
  const { account, refundNotifyUrl, now } = options
  const status = refundStatus(refund, now)
  const url = refund.notify_url ?? refundNotifyUrl
  if (status === 'PROCESSING' || url === undefined) return []
  const body = () => refundBody(refund, status, trade, account)
  const _id = `refund:${refund._id}:${status}`
  return [{ _id, kind: 'refund', out_trade_no: trade._id, url, body }]
}
