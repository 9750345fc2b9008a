import type { Ledger } from '../ledger'
import { type Refund, refundStatus, type Trade } from '../ledger/entities'
import type { Account } from '../protocol'
import { paymentBody, refundBody } from './body'
import type { Notification } from './notification'

export interface NewsOptions {
  ledger: Ledger
  account: Account
  /** where refunds are told that named no notify_url, as set in 商户平台; nowhere when absent */
  refundNotifyUrl?: string
  /** ms since 1970 */
  now: number
}

type News = Pick<Notification, '_id' | 'kind' | 'out_trade_no' | 'url'> & { body: () => string }

/** All that the merchant is ever to be told of what stands in the ledger. */
export function newsIn(options: NewsOptions): News[] {
  const { ledger } = options
  return ledger
    .trades()
    .flatMap((trade) => [
      ...paymentNews(trade, options),
      ...ledger.refunds(trade._id).flatMap((refund) => refundNews(refund, trade, options)),
    ])
}

function paymentNews(trade: Trade, { account }: NewsOptions): News[] {
  const { _id: out_trade_no, payment, request } = trade
  if (payment === undefined || request.notify_url === undefined) return []
  const body = () => paymentBody(trade, payment, account)
  const _id = `payment:${out_trade_no}`
  return [{ _id, kind: 'payment', out_trade_no, url: request.notify_url, body }]
}

function refundNews(refund: Refund, trade: Trade, options: NewsOptions): News[] {
  const { account, refundNotifyUrl, now } = options
  const status = refundStatus(refund, now)
  const url = refund.notify_url ?? refundNotifyUrl
  if (status === 'PROCESSING' || url === undefined) return []
  const body = () => refundBody(refund, status, trade, account)
  const _id = `refund:${refund._id}:${status}`
  return [{ _id, kind: 'refund', out_trade_no: trade._id, url, body }]
}
