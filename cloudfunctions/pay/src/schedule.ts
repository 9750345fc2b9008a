import type { Order } from '../../../typings/contract'
import { backOff, DAY, HOUR, longestWait, MINUTE } from './backoff'
import { closableAt, isCloseRequested, paymentTime, STATUS } from './order'
import type { ShopSettings } from './ports'
import { isInFlight, latePaymentRefundAt } from './refunds'

/*
 * When the timer processes an order again. Each kind of work has its own time, and the earliest one
 * counts. An order without work has none, and the timer does not read it again.
 */

const YEAR = 365 * DAY

/** How long after the payment each try to send the paid message is due (ms). */
const MESSAGE_WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 4 * HOUR, DAY]

/** The limit of tries of a message while WeChat refuses it temporarily. */
export const MAX_MESSAGE_TRIES = MESSAGE_WAITS.length

/** Returns when the timer processes the order again (ms); undefined if nothing is left to do. */
export function nextCheckAt(order: Order, now: number, settings: ShopSettings): number | undefined {
  const times = [
    order.status === STATUS.UNPAID ? closingAt(order, now) : undefined,
    order.status === STATUS.PAID ? paidOrderAt(order, now, settings) : undefined,
    order.status === STATUS.REFUNDING ? refundAt(order, now) : undefined,
    order.message?.state === 'owed' ? messageAt(order, now) : undefined,
  ].filter((time) => time !== undefined)
  return times.length > 0 ? Math.min(...times) : undefined
}

function closingAt(order: Order, now: number): number {
  const due = isCloseRequested(order)
    ? Math.min(closableAt(order), order.expires_at)
    : order.expires_at
  return due > now ? due : backOff(due, now, longestWait(order, now))
}

function paidOrderAt(order: Order, now: number, settings: ShopSettings): number | undefined {
  const { refund, merchant_refunds } = order
  const paid = paymentTime(order)
  const times = []
  // WeChat may not notify the shop of a refund that the merchant makes by hand. The timer queries once
  // a day while the shopper can refund the same money; after that, the page's query finds it.
  const daily = paid + Math.ceil((now - paid + 1) / DAY) * DAY
  if (daily <= paid + settings.self_refund) times.push(daily)
  if (merchant_refunds && merchant_refunds.in_flight > 0) times.push(backOff(paid, now, DAY))
  // An earlier request with a refused refund's number may still arrive, and it is unknown until when:
  // the wait grows to a day, and ends after a year, when WeChat no longer refunds.
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
  // If the shop has no next refund of its own, a refund of the merchant is in flight, or a person
  // must make one.
  const next = latePaymentRefundAt(order)
  return next === undefined
    ? backOff(paymentTime(order), now, longestWait(order, now, DAY))
    : Math.max(next, now + MINUTE)
}

/** Returns when a message that is owed may be sent (ms). */
export const messageDueAt = (order: Order) =>
  paymentTime(order) + (MESSAGE_WAITS[order.message?.tries ?? 0] ?? DAY)

function messageAt(order: Order, now: number): number {
  const due = messageDueAt(order)
  return due > now ? due : backOff(due, now, DAY)
}
