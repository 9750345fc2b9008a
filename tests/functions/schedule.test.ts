import { nextCheckAt } from '../../cloudfunctions/pay/src/schedule'
import type { Fen, Order, Refund } from '../../typings/contract'
import { SETTINGS } from '../safety/simulation/merchant'
import { newOrder } from '../safety/workload/sample-orders'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const T0 = Date.UTC(2026, 0, 1)
const order = (changes: Partial<Order>) => newOrder(T0, changes)
const paid = (changes: Partial<Order> = {}) =>
  order({ status: 1, paid_at: T0, paid_fee: 100 as Fen, ...changes })
const refund = (changes: Partial<Refund>): Refund => ({
  attempt: 1,
  out_refund_no: 'x-1',
  refund_fee: 100 as Fen,
  requested_at: T0,
  state: 'ASKED',
  ...changes,
})

/** Returns how long after `now` the order is processed again (ms); undefined if never. */
function waitOf(changes: Order, now: number, settings = SETTINGS): number | undefined {
  const next = nextCheckAt(changes, now, settings)
  return next === undefined ? undefined : next - now
}

test('an unpaid order waits until it expires, then with exponential backoff of at most an hour', () => {
  const expires_at = T0 + 30 * MINUTE
  expect(waitOf(order({}), T0)).toBe(30 * MINUTE)
  expect(waitOf(order({}), expires_at)).toBe(MINUTE)
  expect(waitOf(order({}), expires_at + 10 * MINUTE)).toBe(10 * MINUTE)
  expect(waitOf(order({}), expires_at + 5 * DAY)).toBe(HOUR)
})

test('a cancelled order waits until WeChat accepts closing it', () => {
  expect(waitOf(order({ close_requested_at: T0 }), T0)).toBe(5 * MINUTE)
})

test('an order that needs a person is processed daily, after a month weekly', () => {
  const odd = order({ anomaly: [{ kind: 'otherAmount', at: T0, what: '' }] })
  expect(waitOf(odd, T0 + 5 * DAY)).toBe(DAY)
  expect(waitOf(odd, T0 + 40 * DAY)).toBe(7 * DAY)
})

test('an order that WeChat does not find is processed hourly', () => {
  const missing = order({ anomaly: [{ kind: 'missing', at: T0, what: '' }] })
  expect(waitOf(missing, T0 + 5 * DAY)).toBe(HOUR)
})

test('a paid order is processed once a day while the shopper can refund it, then no more', () => {
  expect(waitOf(paid(), T0 + 1)).toBe(DAY - 1)
  expect(waitOf(paid(), T0 + DAY)).toBeUndefined()
  const settings = { ...SETTINGS, self_refund: 3 * DAY }
  expect(waitOf(paid(), T0 + DAY, settings)).toBe(DAY)
  expect(waitOf(paid(), T0 + 3 * DAY, settings)).toBeUndefined()
})

test('a refused refund is processed for a year, in the end once a day', () => {
  const refused = paid({ refund: refund({ state: 'REFUSED', settled_at: T0 }) })
  expect(waitOf(refused, T0 + 2 * DAY)).toBe(DAY)
  expect(waitOf(refused, T0 + 364 * DAY)).toBe(DAY)
  expect(waitOf(refused, T0 + 366 * DAY)).toBeUndefined()
})

test('a refund in CHANGE is processed once a day, even if it is new', () => {
  const change = paid({ status: 3, refund: refund({ state: 'CHANGE' }) })
  expect(waitOf(change, T0 + MINUTE)).toBe(DAY)
})

test('a refund in flight is processed after a minute, then with backoff of at most an hour', () => {
  const inFlight = paid({ status: 3, refund: refund({ state: 'PROCESSING' }) })
  expect(waitOf(inFlight, T0)).toBe(MINUTE)
  expect(waitOf(inFlight, T0 + 3 * DAY)).toBe(HOUR)
})

test('a late payment’s refund that WeChat closes is requested five times in all', () => {
  const closed = (attempt: number) =>
    paid({
      status: 3,
      closed_at: T0,
      refund: refund({ state: 'REFUNDCLOSE', attempt, settled_at: T0 }),
      anomaly: [{ kind: 'lateRefund', at: T0, what: '' }],
    })
  expect([1, 2, 3, 4].map((attempt) => waitOf(closed(attempt), T0))).toEqual([
    HOUR,
    6 * HOUR,
    DAY,
    3 * DAY,
  ])
  expect(waitOf(closed(5), T0 + 2 * DAY)).toBe(DAY)
  expect(waitOf(closed(5), T0 + 40 * DAY)).toBe(7 * DAY)
})

test('a message is tried five times within a day', () => {
  const owed = (tries: number) => paid({ message: { event: 'paid', state: 'owed', tries } })
  expect([0, 1, 2, 3, 4].map((tries) => waitOf(owed(tries), T0))).toEqual([
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    4 * HOUR,
    DAY,
  ])
})

test('a payment without a time counts from the creation of the order', () => {
  const { paid_at: _, ...unknown } = paid()
  expect(waitOf(unknown, T0)).toBe(DAY)
})
