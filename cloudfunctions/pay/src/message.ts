import type { Order } from '../../../typings/contract'
import { change } from './change'
import type { PaidMessage } from './order'
import type { Ports } from './ports'
import { messageDueAt, MOST_MESSAGE_TRIES } from './schedule'

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
export async function sendIfClaimed(ports: Ports, order: Order): Promise<Order> {
  if (!isClaimedBy(ports, order)) return order
  const outcome = await ports.messages.send(order)
  // Perhaps it was sent: the claim stays, and nobody sends it again.
  if (outcome === 'unknown') return order
  const noted = change(ports, order, 'message', (current) => {
    if (!isClaimedBy(ports, current)) return undefined
    if (outcome !== 'later') return { message: { event: 'paid', state: outcome } }
    // Only a definite temporary refusal gives the claim back, and not for ever.
    const tries = (current.message?.tries ?? 0) + 1
    const state = tries < MOST_MESSAGE_TRIES ? 'owed' : 'refused'
    return { message: { event: 'paid', state, tries } }
  })
  return noted.then(
    (changed) => changed.order,
    () => order,
  )
}

/**
 * Claims the message that is owed, so that no other run sends it, and sends it. The message that an
 * order is paid is dropped once a refund is under way.
 */
export async function sendIfOwed(ports: Ports, order: Order): Promise<Order> {
  if (order.message?.state !== 'owed') return order
  if (order.status === 1 && ports.now() < messageDueAt(order)) return order
  const { order: claimed } = await change(ports, order, 'claim message', (current) => {
    const { message } = current
    if (message?.state !== 'owed') return undefined
    return {
      message:
        current.status === 1
          ? { ...message, ...claimedMessage(ports) }
          : { event: 'paid', state: 'refused' },
    }
  })
  return sendIfClaimed(ports, claimed)
}
