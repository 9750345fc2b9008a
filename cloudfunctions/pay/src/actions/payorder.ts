import type { Order, PayRequests } from '../../../../typings/contract'
import { unknownOutcome } from '../errors'
import { finish, lookUp } from '../look'
import type { Ports } from '../ports'
import { settlePayment } from '../settle'
import { claimedMessage, tellPayer } from '../telling'

/** Settles the order after wx.requestPayment, and tells the payer. */
export async function payorder(
  ports: Ports,
  { out_trade_no }: PayRequests['payorder'],
): Promise<Order> {
  const { order, fact } = await lookUp(ports, out_trade_no)
  const settled = await settlePayment(ports, order, fact, claimedMessage(ports))
  const told = await tellPayer(ports, settled)
  const finished = await finish(ports, told, fact)
  if (finished.status === 0 && fact.kind === 'unknown') throw unknownOutcome(fact.why)
  return finished
}
