import { type Answer, accept, refuse } from '../answer'
import type { Fields } from '../xml'
import { tradeState } from './entities'
import type { LedgerContext } from './context'

/** An order cannot be closed within 5 minutes of its making (pay.weixin.qq.com, V2 关闭订单). */
const earliestCloseMs = 5 * 60_000

/** Closes an unpaid trade for good. */
export function closeorder(fields: Fields, { books, now }: LedgerContext): Answer {
  const trade = books.trade(fields.out_trade_no ?? '')
  if (!trade) return refuse('ORDERNOTEXIST', '订单不存在')
  switch (tradeState(trade, books.refundsOf(trade._id), now())) {
    case 'CLOSED':
    case 'REVOKED':
      return refuse('ORDERCLOSED', '订单已关闭')
    case 'SUCCESS':
    case 'REFUND':
      return refuse('ORDERPAID', '该订单已支付')
    case 'USERPAYING':
      // assumed: documented for micropay alone
      return refuse('USERPAYING', '用户支付中，需要输入密码')
    case 'NOTPAY':
    case 'PAYERROR':
  }
  // assumed: the documentation does not say how the refusal looks
  if (now() < trade.created_at + earliestCloseMs) {
    return refuse('INVALID_REQUEST', '下单后5分钟内不能关闭订单')
  }
  books.putTrade({ ...trade, closed_at: now() })
  return accept({})
}
