import type { Order, PayRequests } from '../../../../typings/contract'
import { finish, settleAnswer, shown } from '../finish'
import type { Ports } from '../ports'
import { lookUp } from '../query'

/** Shows the order as WeChat knows it, and finishes what is left to do. */
export async function orderquery(
  ports: Ports,
  { out_trade_no }: PayRequests['orderquery'],
): Promise<Order> {
  const { order, fact } = await lookUp(ports, out_trade_no)
  const settled = await settleAnswer(ports, order, fact)
  return shown(await finish(ports, settled, fact), fact)
}
