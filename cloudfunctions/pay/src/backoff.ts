import type { Order } from '../../../typings/contract'
import { needsPersonSince } from './anomaly'

/* Exponential backoff: how long an order waits before the timer processes it again. */

export const MINUTE = 60 * 1000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const WEEK = 7 * DAY
const MONTH = 30 * DAY

/**
 * Returns when to try again (ms). The wait equals the time that has passed since `begin`, and is at
 * least a minute and at most `max` ms.
 */
export const backOff = (begin: number, now: number, max: number) =>
  now + Math.min(Math.max(now - begin, MINUTE), max)

/**
 * Returns the longest wait of an order (ms): `normal`, but a day for an order that needs a person,
 * and a week once it has needed one for a month.
 */
export function longestWait(order: Order, now: number, normal = HOUR): number {
  const since = needsPersonSince(order)
  if (since === undefined) return normal
  return now < since + MONTH ? DAY : WEEK
}
