import fc from 'fast-check'
import { seed } from '../support/run/full-run'
import { EVENTS, play, type DeliveryPlan } from './workload/notification-delivery'
import { report, rounds } from './workload/rounds'

const copies = fc.array(fc.nat(EVENTS.length), { minLength: 1, maxLength: 10 })
const plans = fc.record({ payment: copies, refund: copies, acceptanceLost: fc.boolean() })

const IMMEDIATE: DeliveryPlan = { payment: [0], refund: [0], acceptanceLost: false }

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((others) => [item, ...others]),
  )
}

test('events in order, each notified once, end as refunded', async () => {
  expect(await play(EVENTS, IMMEDIATE)).toMatchObject({
    order: { status: 4, paid_fee: 2550, refunded: { attempt: 1, refund_fee: 2550 } },
    refunds: [{ refund_fee: 2550, outcome: 'SUCCESS' }],
    violations: [],
  })
})

test('any order of the events, with one to ten copies of each notification in any order, ends in the same state', async () => {
  const expected = await play(EVENTS, IMMEDIATE)
  const orders = permutations(EVENTS)
  let delivered = 0
  const property = fc.asyncProperty(plans, async (plan) => {
    for (const events of orders) {
      expect({ events, ...(await play(events, plan)) }).toEqual({ events, ...expected })
      delivered += plan.payment.length + plan.refund.length
    }
  })
  await fc.assert(property, { seed, numRuns: Math.ceil(rounds(600, 120) / orders.length) })
  report(`notifications: ${delivered} copies in ${orders.length} orders of events`)
  expect(orders).toHaveLength(120)
}, 3_600_000)
