import type { Order, PayRequests } from '../../../../typings/contract'
import { finish, settleAnswer, shown } from '../finish'
import { claimedMessage, sendIfClaimed } from '../message'
import type { Ports } from '../ports'
import { lookUp } from '../query'

/** Settles the order after wx.requestPayment, and tells the payer. */
export async function payorder(
  ports: Ports,
  { out_trade_no }: PayRequests['payorder'],
): Promise<Order> {
  const { order, fact } = await lookUp(ports, out_trade_no)
  const settled = await settleAnswer(ports, order, fact, claimedMessage(ports))
  const sent = { ...settled, order: await sendIfClaimed(ports, settled.order) }
  return shown(await finish(ports, sent, fact), fact)
}
