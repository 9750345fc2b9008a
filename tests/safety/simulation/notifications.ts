import type { Ledger } from '../../../simulator/wechat-pay/ledger'
import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import { paymentBody, refundBody } from '../../../simulator/wechat-pay/notifications/body'
import type { Account } from '../../../simulator/wechat-pay/protocol'

/** Returns the body that WeChat posts for a paid trade; undefined for an unpaid one. */
export function paymentNotification(
  ledger: Ledger,
  account: Account,
  out_trade_no: string,
): string | undefined {
  const trade = ledger.trade(out_trade_no)
  return trade?.payment && paymentBody(trade, trade.payment, account)
}

/**
 * Returns the bodies that WeChat posts, one for each ended refund of the trade.
 * @param now ms since 1970
 */
export function refundNotifications(
  ledger: Ledger,
  account: Account,
  out_trade_no: string,
  now: number,
): string[] {
  const trade = ledger.trade(out_trade_no)
  if (!trade) return []
  return ledger.refunds(out_trade_no).flatMap((refund) => {
    const status = refundStatus(refund, now)
    return status === 'PROCESSING' ? [] : [refundBody(refund, status, trade, account)]
  })
}
