import type { Order, PayRequests } from '../../../../typings/contract'
import { pursueRefund } from '../finish'
import type { Ports } from '../ports'
import { load } from '../query'

/**
 * Shows what became of the refund. When the page knows its number, row and WeChat are asked side by
 * side; the answer is dropped unread unless the number is this order's and the order the caller's.
 */
export async function queryrefund(
  ports: Ports,
  { out_trade_no, out_refund_no }: PayRequests['queryrefund'],
): Promise<Order> {
  const answer =
    out_refund_no === undefined
      ? undefined
      : ports.wechatPay.refundquery('out_refund_no', out_refund_no)
  const order = await load(ports, out_trade_no, answer)
  const ours = order.refund?.out_refund_no === out_refund_no
  return (await pursueRefund(ports, order, ours ? await answer : undefined)).order
}
