import { nextCheckAt } from '../../cloudfunctions/pay/src/schedule'
import type { Fen, Order, Refund } from '../../typings/contract'
import { newOrder } from '../safety/contract/sample'
import { TERMS } from '../safety/support/merchant'

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

/** How long after `now` the order is processed again (ms); undefined when never. */
function waits(changes: Order, now: number, terms = TERMS): number | undefined {
  const next = nextCheckAt(changes, now, terms)
  return next === undefined ? undefined : next - now
}

test('an unpaid order waits for its expiry, then longer and longer, an hour at most', () => {
  const expires_at = T0 + 30 * MINUTE
  expect(waits(order({}), T0)).toBe(30 * MINUTE)
  expect(waits(order({}), expires_at)).toBe(MINUTE)
  expect(waits(order({}), expires_at + 10 * MINUTE)).toBe(10 * MINUTE)
  expect(waits(order({}), expires_at + 5 * DAY)).toBe(HOUR)
})

test('an order that is to be closed waits until WeChat closes it', () => {
  expect(waits(order({ close_requested_at: T0 }), T0)).toBe(5 * MINUTE)
})

test('what only a person can end is processed daily, after a month weekly', () => {
  const odd = order({ anomaly: [{ kind: 'otherAmount', at: T0, what: '' }] })
  expect(waits(odd, T0 + 5 * DAY)).toBe(DAY)
  expect(waits(odd, T0 + 40 * DAY)).toBe(7 * DAY)
})

test('an order that WeChat does not know is asked about hourly', () => {
  const missing = order({ anomaly: [{ kind: 'missing', at: T0, what: '' }] })
  expect(waits(missing, T0 + 5 * DAY)).toBe(HOUR)
})

test('a paid order is looked at once a day while the shopper can refund it, then no more', () => {
  expect(waits(paid(), T0 + 1)).toBe(DAY - 1)
  expect(waits(paid(), T0 + DAY)).toBeUndefined()
  const terms = { ...TERMS, self_refund: 3 * DAY }
  expect(waits(paid(), T0 + DAY, terms)).toBe(DAY)
  expect(waits(paid(), T0 + 3 * DAY, terms)).toBeUndefined()
})

test('a refund that was refused is watched for a year, daily in the end', () => {
  const refused = paid({ refund: refund({ state: 'REFUSED', settled_at: T0 }) })
  expect(waits(refused, T0 + 2 * DAY)).toBe(DAY)
  expect(waits(refused, T0 + 364 * DAY)).toBe(DAY)
  expect(waits(refused, T0 + 366 * DAY)).toBeUndefined()
})

test('a refund in CHANGE is asked about once a day, however young it is', () => {
  const change = paid({ status: 3, refund: refund({ state: 'CHANGE' }) })
  expect(waits(change, T0 + MINUTE)).toBe(DAY)
})

test('a refund in flight is asked about after a minute, then later, hourly in the end', () => {
  const inFlight = paid({ status: 3, refund: refund({ state: 'PROCESSING' }) })
  expect(waits(inFlight, T0)).toBe(MINUTE)
  expect(waits(inFlight, T0 + 3 * DAY)).toBe(HOUR)
})

test('a late payment’s refund that WeChat closed is asked for five times in all', () => {
  const closed = (attempt: number) =>
    paid({
      status: 3,
      closed_at: T0,
      refund: refund({ state: 'REFUNDCLOSE', attempt, settled_at: T0 }),
      anomaly: [{ kind: 'lateRefund', at: T0, what: '' }],
    })
  expect([1, 2, 3, 4].map((attempt) => waits(closed(attempt), T0))).toEqual([
    HOUR,
    6 * HOUR,
    DAY,
    3 * DAY,
  ])
  expect(waits(closed(5), T0 + 2 * DAY)).toBe(DAY)
  expect(waits(closed(5), T0 + 40 * DAY)).toBe(7 * DAY)
})

test('a message is tried five times over a day', () => {
  const owed = (tries: number) => paid({ message: { event: 'paid', state: 'owed', tries } })
  expect([0, 1, 2, 3, 4].map((tries) => waits(owed(tries), T0))).toEqual([
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    4 * HOUR,
    DAY,
  ])
})

test('a payment whose time WeChat does not say counts from the order’s making', () => {
  const { paid_at: _, ...unknown } = paid()
  expect(waits(unknown, T0)).toBe(DAY)
})
