import type { Order, PayRequests } from '../../../../typings/contract'
import { unknownOutcome } from '../errors'
import { finish, lookUp } from '../look'
import type { Ports } from '../ports'
import { settlePayment } from '../settle'

/** Shows the order as WeChat knows it, and finishes what is left to do. */
export async function orderquery(
  ports: Ports,
  { out_trade_no }: PayRequests['orderquery'],
): Promise<Order> {
  const { order, fact } = await lookUp(ports, out_trade_no)
  const settled = await finish(ports, await settlePayment(ports, order, fact), fact)
  // An order may only be shown as unpaid when WeChat says so: it could have been paid meanwhile.
  if (settled.status === 0 && fact.kind === 'unknown') throw unknownOutcome(fact.why)
  return settled
}
