import type { Order } from '../../../typings/contract'
import { change } from './change'
import type { PaidMessage } from './order'
import type { Ports } from './ports'

/** The claim of this invocation on the message: written before it is sent. */
export const claimedMessage = ({ invocation }: Ports): PaidMessage => ({
  event: 'paid',
  state: 'claimed',
  claimed_by: invocation,
})

const isClaimedBy = ({ invocation }: Ports, { message }: Order) =>
  message?.state === 'claimed' && message.claimed_by === invocation

/**
 * Sends the message that an order is paid, if this very invocation claimed it: at most once,
 * whatever happens. A failure changes nothing about the money.
 */
export async function tellPayer(ports: Ports, order: Order): Promise<Order> {
  if (!isClaimedBy(ports, order)) return order
  const outcome = await ports.messages.send(order)
  // Perhaps it was sent: the claim stays, and nobody sends it again.
  if (outcome === 'unknown') return order
  // Only a definite temporary refusal gives the claim back.
  const state = outcome === 'later' ? 'owed' : outcome
  return change(ports, order, 'message', (now) =>
    isClaimedBy(ports, now) ? { message: { event: 'paid', state } } : undefined,
  ).catch(() => order)
}

/**
 * Claims the message that is owed, so that nobody else sends it, and sends it. Of an order that has
 * been refunded meanwhile nobody wants to hear that it is paid: that message is dropped.
 */
export async function tellIfOwed(ports: Ports, order: Order): Promise<Order> {
  if (order.message?.state !== 'owed') return order
  const claimed = await change(ports, order, 'claim message', (now) => {
    if (now.message?.state !== 'owed') return undefined
    return {
      message: now.status === 1 ? claimedMessage(ports) : { event: 'paid', state: 'refused' },
    }
  })
  return tellPayer(ports, claimed)
}
