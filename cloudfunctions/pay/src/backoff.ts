import type { Order } from '../../../typings/contract'
import { waitsForPersonSince } from './anomaly'

/* Exponential backoff: how long (ms) an order waits before it is processed again. */

export const MINUTE = 60 * 1000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const WEEK = 7 * DAY
const MONTH = 30 * DAY

/** Waits as long again as it has waited since `begin`: a minute at least, `most` ms at most. */
export const backOff = (begin: number, now: number, most: number) =>
  now + Math.min(Math.max(now - begin, MINUTE), most)

/** The longest wait (ms): of an order that needs a person, a day, after a month a week. */
export function longestWait(order: Order, now: number, usual = HOUR): number {
  const since = waitsForPersonSince(order)
  if (since === undefined) return usual
  return now < since + MONTH ? DAY : WEEK
}
