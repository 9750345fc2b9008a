import type { Order } from '../../../typings/contract'
import { change } from './change'
import { type PaidMessage, STATUS } from './order'
import type { Ports } from './ports'
import { messageDueAt, MAX_MESSAGE_TRIES } from './schedule'

/** Returns this invocation's claim on the paid message. The claim is stored before it is sent. */
export const claimedMessage = ({ invocation }: Ports): PaidMessage => ({
  event: 'paid',
  state: 'claimed',
  claimed_by: invocation,
})

const isClaimedBy = ({ invocation }: Ports, { message }: Order) =>
  message?.state === 'claimed' && message.claimed_by === invocation

/**
 * Sends the paid message if this invocation has claimed it: at most once, even after a crash. A
 * failure does not affect the payment.
 */
export async function sendIfClaimed(ports: Ports, order: Order): Promise<Order> {
  if (!isClaimedBy(ports, order)) return order
  const outcome = await ports.messages.send(order)
  // It may have been sent: the claim is kept, so that it is not sent twice.
  if (outcome === 'unknown') return order
  const noted = change(ports, order, 'message', (current) => {
    if (!isClaimedBy(ports, current)) return undefined
    if (outcome !== 'later') return { message: { event: 'paid', state: outcome } }
    // Only a definite temporary refusal releases the claim, a limited number of times.
    const tries = (current.message?.tries ?? 0) + 1
    const state = tries < MAX_MESSAGE_TRIES ? 'owed' : 'refused'
    return { message: { event: 'paid', state, tries } }
  })
  return noted.then(
    (changed) => changed.order,
    () => order,
  )
}

/**
 * Claims a paid message that is owed, so that no other run sends it, and sends it. Drops the message
 * if the order is being refunded or has been.
 */
export async function sendIfOwed(ports: Ports, order: Order): Promise<Order> {
  if (order.message?.state !== 'owed') return order
  if (order.status === STATUS.PAID && ports.now() < messageDueAt(order)) return order
  const { order: claimed } = await change(ports, order, 'claim message', (current) => {
    const { message } = current
    if (message?.state !== 'owed') return undefined
    return {
      message:
        current.status === STATUS.PAID
          ? { ...message, ...claimedMessage(ports) }
          : { event: 'paid', state: 'refused' },
    }
  })
  return sendIfClaimed(ports, claimed)
}
