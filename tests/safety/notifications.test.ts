import fc from 'fast-check'
import { EVENTS, play, type Telling } from './notifications/history'
import { report, rounds, seed } from './support/rounds'

const copies = fc.array(fc.nat(EVENTS.length), { minLength: 1, maxLength: 10 })
const tellings = fc.record({ payment: copies, refund: copies, acceptanceLost: fc.boolean() })

const onceAndAtOnce: Telling = { payment: [0], refund: [0], acceptanceLost: false }

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((others) => [item, ...others]),
  )
}

test('what happens one after the other and is told once ends as refunded', async () => {
  expect(await play(EVENTS, onceAndAtOnce)).toMatchObject({
    order: { status: 4, paid_fee: 2550, refunded: { attempt: 1, refund_fee: 2550 } },
    refunds: [{ refund_fee: 2550, outcome: 'SUCCESS' }],
    violations: [],
  })
})

test('whatever the order of events and of one to ten copies of what tells of them, the end is the same', async () => {
  const end = await play(EVENTS, onceAndAtOnce)
  const orders = permutations(EVENTS)
  let told = 0
  const property = fc.asyncProperty(tellings, async (telling) => {
    for (const events of orders) {
      expect({ events, ...(await play(events, telling)) }).toEqual({ events, ...end })
      told += telling.payment.length + telling.refund.length
    }
  })
  await fc.assert(property, { seed, numRuns: Math.ceil(rounds(600) / orders.length) })
  report(`notifications: ${told} copies in ${orders.length} orders of events`)
  expect(orders).toHaveLength(120)
}, 3_600_000)
