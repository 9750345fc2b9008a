import { formatTime } from '../beijing-time'
import type { Fields } from '../xml'
import type { LedgerContext } from './context'
import {
  isPrepayIdValid,
  type PayingAttempt,
  type Payment,
  type Trade,
  tradeState,
} from './entities'
import { transactionId } from './numbers'

/** The reason why a payer cannot pay: a code for programs, a sentence for the developer. */
export interface Unpayable {
  code:
    | 'PREPAY_ID_UNKNOWN'
    | 'PREPAY_ID_EXPIRED'
    | 'OTHER_PAYER'
    | 'ORDERPAID'
    | 'ORDERCLOSED'
    | 'ORDEREXPIRED'
  reason: string
}

/**
 * Returns the trade that `openid` can pay now with `prepay_id`, or the reason why there is none.
 */
export function payable(
  prepay_id: string,
  openid: string,
  { tradeStore, now }: LedgerContext,
): Trade | Unpayable {
  const trade = tradeStore.tradeByPrepayId(prepay_id)
  if (!trade) {
    const reason = `no unifiedorder of this merchant returned the prepay_id ${prepay_id}`
    return { code: 'PREPAY_ID_UNKNOWN', reason }
  }
  if (trade.openid !== openid) {
    const reason = `the order was made for the openid ${trade.openid}, the payer is ${openid}`
    return { code: 'OTHER_PAYER', reason }
  }
  const state = tradeState(trade, tradeStore.refundsOf(trade._id), now())
  if (state === 'CLOSED') return { code: 'ORDERCLOSED', reason: 'the order is closed' }
  if (state === 'REVOKED') return { code: 'ORDERCLOSED', reason: 'the order is revoked' }
  if (state === 'SUCCESS' || state === 'REFUND') {
    return { code: 'ORDERPAID', reason: 'the order is paid already' }
  }
  if (trade.expires_at !== undefined && now() >= trade.expires_at) {
    const reason = `the order's time_expire ${trade.request.time_expire} has passed`
    return { code: 'ORDEREXPIRED', reason }
  }
  if (!isPrepayIdValid(trade, now())) {
    return { code: 'PREPAY_ID_EXPIRED', reason: 'the prepay_id is older than 2 hours' }
  }
  return trade
}

/** Returns the fields of a paid trade that both queries and notifications have. */
export function paymentFields({ openid, total_fee }: Trade, payment: Payment): Fields {
  return {
    openid,
    is_subscribe: 'N',
    trade_type: 'JSAPI',
    bank_type: payment.bank_type,
    total_fee: `${total_fee}`,
    fee_type: 'CNY',
    cash_fee: `${total_fee}`,
    transaction_id: payment.transaction_id,
    time_end: formatTime(payment.paid_at),
  }
}

/** Pays a trade that is `payable`. */
export function pay(trade: Trade, { tradeStore, now, digits }: LedgerContext): Trade {
  const transaction_id = transactionId(now(), digits)
  const { attempt: _, ...rest } = trade
  const paid = { ...rest, payment: { transaction_id, paid_at: now(), bank_type: 'OTHERS' } }
  tradeStore.putTrade(paid)
  return paid
}

/** Stores the state of the attempt to pay a `payable` trade; undefined when there is no attempt. */
export function setAttempt(
  trade: Trade,
  attempt: PayingAttempt | undefined,
  { tradeStore }: LedgerContext,
): Trade {
  const { attempt: _, ...rest } = trade
  const changed = { ...rest, ...(attempt !== undefined && { attempt }) }
  tradeStore.putTrade(changed)
  return changed
}

/**
 * Revokes an unpaid trade for good.
 * @throws Error when there is no such trade, or it is paid or closed
 */
export function revoke(out_trade_no: string, { tradeStore, now }: LedgerContext): void {
  const trade = tradeStore.trade(out_trade_no)
  if (!trade) throw new Error(`there is no trade ${out_trade_no}`)
  const state = tradeState(trade, tradeStore.refundsOf(trade._id), now())
  if (state === 'SUCCESS' || state === 'REFUND' || state === 'CLOSED') {
    throw new Error(`the trade ${out_trade_no} is ${state}: only an unpaid one can be revoked`)
  }
  if (state !== 'REVOKED') tradeStore.putTrade({ ...trade, revoked_at: now() })
}
