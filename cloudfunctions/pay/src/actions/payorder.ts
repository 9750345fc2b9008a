import type { Order, PayRequests } from '../../../../typings/contract'
import { change } from '../change'
import { unknownOutcome } from '../errors'
import { finish, lookUp } from '../look'
import type { Ports } from '../ports'
import { settlePayment } from '../settle'

/** Settles the order after wx.requestPayment, and tells the payer. */
export async function payorder(
  ports: Ports,
  { out_trade_no }: PayRequests['payorder'],
): Promise<Order> {
  const { order, fact } = await lookUp(ports, out_trade_no)
  const settled = await settlePayment(ports, order, fact, 'claimed')
  const told = await tellPayer(ports, settled)
  const finished = await finish(ports, told, fact)
  if (finished.status === 0 && fact.kind === 'unknown') throw unknownOutcome(fact.why)
  return finished
}

/** Sends the message if this very invocation claimed it; a failure changes nothing about the money. */
async function tellPayer(ports: Ports, order: Order): Promise<Order> {
  const claimed = order.message?.state === 'claimed'
  if (!claimed || order.moved_by !== `${ports.invocation} settle`) return order
  const outcome = await ports.messages.send(order)
  // Perhaps it was sent: the claim stays, and nobody sends it again.
  if (outcome === 'unknown') return order
  const state = outcome === 'later' ? 'owed' : outcome
  return change(ports, order, 'message', (now) =>
    now.message?.state === 'claimed' ? { message: { event: 'paid', state } } : undefined,
  ).catch(() => order)
}
