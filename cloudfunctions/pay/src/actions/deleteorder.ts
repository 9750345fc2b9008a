import { change } from '../change'
import { notAllowedNow } from '../errors'
import { load } from '../query'
import { orderAction } from './action'

/** Takes a closed or refunded order off the shopper's list. The document stays. */
export const deleteorder = orderAction(async (ports, { out_trade_no }) => {
  const order = await load(ports, out_trade_no)
  const hidden = await change(ports, order, 'delete', (current) => {
    if (current.status !== 2 && current.status !== 4) {
      throw notAllowedNow('只有已关闭或已退款的订单可以删除')
    }
    return current.hidden ? undefined : { hidden: true }
  })
  return hidden.order
})
