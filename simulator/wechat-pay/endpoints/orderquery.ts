import { accept, refuse } from '../endpoint-reply'
import { namedTrade, type LedgerContext } from '../ledger/context'
import { type Trade, type TradeState, tradeState } from '../ledger/entities'
import { paymentFields } from '../ledger/payment'
import { type Endpoint, TRADE_NUMBERS } from './endpoint'

const DESCRIPTIONS: Record<TradeState, string> = {
  NOTPAY: '订单未支付',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
}

/** Returns the state of a trade and, when it was paid, the payment. */
export const orderquery: Endpoint = {
  path: '/pay/orderquery',
  certificate: false,
  required: {},
  oneOf: TRADE_NUMBERS,
  optional: {},

  reply(fields, context) {
    const { tradeStore, now, settings } = context
    const trade = namedTrade(fields, tradeStore)
    if (!trade) return refuse('ORDERNOTEXIST', 'order not exist')
    const state = tradeState(visibleTrade(trade, context), tradeStore.refundsOf(trade._id), now())
    const { payment, request } = trade
    const full = state === 'SUCCESS' || settings.queryReplies === 'full'
    const hasPrice = state !== 'CLOSED' && state !== 'REVOKED'
    return accept({
      out_trade_no: trade._id,
      trade_state: state,
      trade_state_desc: DESCRIPTIONS[state],
      ...(request.attach !== undefined && { attach: request.attach }),
      ...(full && hasPrice && { total_fee: `${trade.total_fee}` }),
      ...(full && payment && paymentFields(trade, payment)),
    })
  },
}

/** Returns the trade as a query sees it: during closeShowsAfterMs, as if it were not closed. */
function visibleTrade(trade: Trade, { now, settings }: LedgerContext): Trade {
  const { closed_at, ...open } = trade
  const shows = closed_at === undefined || now() >= closed_at + settings.closeShowsAfterMs
  return shows ? trade : open
}
