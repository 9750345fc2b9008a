import { type Answer, accept, refuse } from '../answer'
import type { Fields } from '../xml'
import { type TradeState, tradeState } from './entities'
import { paymentFields } from './payment'
import { namedTrade, type World } from './world'

const descriptions: Record<TradeState, string> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  CLOSED: '订单已关闭',
}

/** Tells the state of a trade and, when it was paid, how. */
export function orderquery(fields: Fields, { books, now }: World): Answer {
  const trade = namedTrade(fields, books)
  if (!trade) return refuse('ORDERNOTEXIST', 'order not exist')
  const state = tradeState(trade, books.refundsOf(trade._id), now())
  const { payment, request } = trade
  return accept({
    out_trade_no: trade._id,
    trade_state: state,
    trade_state_desc: descriptions[state],
    ...(request.attach !== undefined && { attach: request.attach }),
    ...(state !== 'CLOSED' && { total_fee: `${trade.total_fee}` }),
    ...(payment && paymentFields(trade, payment)),
  })
}
