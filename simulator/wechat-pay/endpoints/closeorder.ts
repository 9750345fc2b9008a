import { accept, refuse } from '../endpoint-reply'
import { tradeState } from '../ledger/entities'
import type { Endpoint } from './endpoint'

/** An order cannot be closed in its first 5 minutes (pay.weixin.qq.com, V2 关闭订单). */
const CLOSABLE_AFTER_MS = 5 * 60_000

/** Closes an unpaid trade for good. */
export const closeorder: Endpoint = {
  path: '/pay/closeorder',
  certificate: false,
  required: { out_trade_no: 32 },
  optional: {},

  reply(fields, { tradeStore, now }) {
    const trade = tradeStore.trade(fields.out_trade_no ?? '')
    if (!trade) return refuse('ORDERNOTEXIST', '订单不存在')
    switch (tradeState(trade, tradeStore.refundsOf(trade._id), now())) {
      case 'CLOSED':
      case 'REVOKED':
        return refuse('ORDERCLOSED', '订单已关闭')
      case 'SUCCESS':
      case 'REFUND':
        return refuse('ORDERPAID', '该订单已支付')
      case 'USERPAYING':
        // Assumed: the err_code is documented only for micropay
        return refuse('USERPAYING', '用户支付中，需要输入密码')
      case 'NOTPAY':
      case 'PAYERROR':
    }
    // Assumed: the documentation does not give the err_code
    if (now() < trade.created_at + CLOSABLE_AFTER_MS) {
      return refuse('INVALID_REQUEST', '下单后5分钟内不能关闭订单')
    }
    tradeStore.putTrade({ ...trade, closed_at: now() })
    return accept({})
  },
}
