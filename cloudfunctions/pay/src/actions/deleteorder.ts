import type { Order, PayRequests } from '../../../../typings/contract'
import { change } from '../change'
import { notAllowedNow } from '../errors'
import type { Ports } from '../ports'
import { load } from '../query'

/** Takes a closed or refunded order off the shopper's list. The document stays. */
export async function deleteorder(
  ports: Ports,
  { out_trade_no }: PayRequests['deleteorder'],
): Promise<Order> {
  const order = await load(ports, out_trade_no)
  return change(ports, order, 'delete', (current) => {
    if (current.status !== 2 && current.status !== 4) {
      throw notAllowedNow('只有已关闭或已退款的订单可以删除')
    }
    return current.hidden ? undefined : { hidden: true }
  })
}
