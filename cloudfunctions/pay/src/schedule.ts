import type { Order } from '../../../typings/contract'
import { backOff, DAY, HOUR, longestWait, MINUTE } from './backoff'
import { closableAt, isClosing, paidSince } from './order'
import type { Terms } from './ports'
import { isInFlight, nextLateRefundAt } from './refunds'

/*
 * When the timer processes an order again. Each kind of work has its own time, and the earliest
 * counts; an order with no work left has none, and the timer never reads it again.
 */

const YEAR = 365 * DAY

/** When WeChat is asked to send the message that an order is paid, after the payment (ms). */
const MESSAGE_TRIES = [MINUTE, 5 * MINUTE, 30 * MINUTE, 4 * HOUR, DAY]

/** So often is a message tried that WeChat refuses for now. */
export const MOST_MESSAGE_TRIES = MESSAGE_TRIES.length

/** When the timer processes the order again (ms); undefined when nothing can change any more. */
export function nextCheckAt(order: Order, now: number, terms: Terms): number | undefined {
  const times = [
    order.status === 0 ? closingAt(order, now) : undefined,
    order.status === 1 ? paidOrderAt(order, now, terms) : undefined,
    order.status === 3 ? refundAt(order, now) : undefined,
    order.message?.state === 'owed' ? messageAt(order, now) : undefined,
  ].filter((time) => time !== undefined)
  return times.length > 0 ? Math.min(...times) : undefined
}

function closingAt(order: Order, now: number): number {
  const due = isClosing(order) ? Math.min(closableAt(order), order.expires_at) : order.expires_at
  return due > now ? due : backOff(due, now, longestWait(order, now))
}

function paidOrderAt(order: Order, now: number, terms: Terms): number | undefined {
  const { refund, merchant_refunds } = order
  const paid = paidSince(order)
  const times = []
  // Refunds that the merchant made by hand may come without a notification: one query a day while
  // the shopper could refund the same money, then the page's own query finds them.
  const daily = paid + Math.ceil((now - paid + 1) / DAY) * DAY
  if (daily <= paid + terms.self_refund) times.push(daily)
  if (merchant_refunds && merchant_refunds.in_flight > 0) times.push(backOff(paid, now, DAY))
  // A request that was refused may still be on its way, and nothing tells when that is over: daily
  // in the end, as long as WeChat refunds at all.
  if (refund?.state === 'REFUSED' && now < paid + YEAR) {
    times.push(backOff(refund.settled_at ?? now, now, DAY))
  }
  return times.length > 0 ? Math.min(...times) : undefined
}

function refundAt(order: Order, now: number): number {
  const { refund } = order
  if (refund?.state === 'CHANGE') return now + Math.max(DAY, longestWait(order, now))
  if (refund && isInFlight(refund)) {
    return backOff(refund.requested_at, now, longestWait(order, now))
  }
  // Without a next refund of the shop's own, refunds of the merchant are in flight, or a person
  // must make one.
  const next = nextLateRefundAt(order)
  return next === undefined
    ? backOff(paidSince(order), now, longestWait(order, now, DAY))
    : Math.max(next, now + MINUTE)
}

/** When the message that is owed may be sent (ms). */
export const messageDueAt = (order: Order) =>
  paidSince(order) + (MESSAGE_TRIES[order.message?.tries ?? 0] ?? DAY)

function messageAt(order: Order, now: number): number {
  const due = messageDueAt(order)
  return due > now ? due : backOff(due, now, DAY)
}
