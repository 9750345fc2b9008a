import { change } from '../change'
import { notAllowedNow } from '../errors'
import { STATUS } from '../order'
import { load } from '../query'
import { orderAction } from './action'

/** Hides a closed or refunded order from the shopper's list. The document is kept. */
export const deleteorder = orderAction(async (ports, { out_trade_no }) => {
  const order = await load(ports, out_trade_no)
  const hidden = await change(ports, order, 'delete', (current) => {
    if (current.status !== STATUS.CLOSED && current.status !== STATUS.REFUNDED) {
      throw notAllowedNow('只有已关闭或已退款的订单可以删除')
    }
    return current.hidden ? undefined : { hidden: true }
  })
  return hidden.order
})
