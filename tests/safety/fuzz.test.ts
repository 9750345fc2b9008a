import fc from 'fast-check'
import { actionNames } from '../../cloudfunctions/pay/src/actions'
import { answer } from '../../cloudfunctions/pay/src/answer'
import { openidOf } from '../../simulator/settings/identity'
import type { Order, PayAction, PayReply } from '../../typings/contract'
import { Invocation } from './support/invocation'
import { violationsNow } from './support/oracle'
import { PAY_ERRORS } from './support/pay-errors'
import { report, rounds, seed } from './support/rounds'
import { HOUR, Simulation } from './support/simulation'

/** Shopper 1 has an order in every status; shopper 2 has none. */
async function simulationOfOrders(): Promise<Simulation> {
  const simulation = new Simulation({ seed, terms: { max_unpaid: 1000 } })
  const order = async () => {
    const reply = await simulation.call(1, 'unifiedorder', {
      goods_id: 'cake',
      key: simulation.key(),
    })
    return (reply as Extract<PayReply, { code: 0 }>).data
  }
  const [paid, closed, refunding, refunded] = [
    await order(),
    await order(),
    await order(),
    await order(),
  ]
  for (const { _id } of [paid, refunding, refunded]) {
    simulation.pay(_id)
    await simulation.call(1, 'payorder', { out_trade_no: _id })
  }
  await simulation.call(1, 'refund', { out_trade_no: refunded._id })
  simulation.clock.advance(6 * 60_000)
  await simulation.call(1, 'closeorder', { out_trade_no: closed._id })
  await simulation.call(1, 'queryrefund', { out_trade_no: refunded._id })
  await simulation.call(1, 'refund', { out_trade_no: refunding._id })
  await order()
  expect(simulation.orders().map(({ status }) => status)).toEqual([1, 2, 3, 4, 0])
  return simulation
}

/** Keys that mean something to JavaScript or to a database, and those of good events. */
const NAMES =
  '__proto__ constructor prototype toString then $ne $where $regex ' +
  'type data out_trade_no out_refund_no goods_id key openid _openid'
const names = fc.constantFrom(...NAMES.split(' '))

const OPERATORS: readonly unknown[] = [
  { $ne: '' },
  { $gt: '' },
  { $regex: '.*' },
  { $exists: true },
  { $where: 'true' },
  { $in: [/./] },
  { $not: { $eq: '' } },
  { $or: [{}] },
]
const operators = fc.constantFrom(...OPERATORS)

const hugeText = fc
  .tuple(fc.constantFrom('0', 'f', '字', '\u0000', '$'), fc.integer({ min: 33, max: 20_000 }))
  .map(([character, times]) => character.repeat(times))

const deep = fc
  .integer({ min: 1, max: 300 })
  .map((depth) => Array.from({ length: depth }).reduce<unknown>((inner) => ({ data: inner }), 'x'))

const junk = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.anything({ key: fc.oneof(names, fc.string()), maxDepth: 2, maxKeys: 3 }),
  },
  { weight: 4, arbitrary: operators },
  { weight: 1, arbitrary: hugeText },
  { weight: 1, arbitrary: deep },
)

/** A good event of the action, with things changed, added and taken away. */
function eventsOf(type: PayAction, orders: readonly Order[]): fc.Arbitrary<unknown> {
  const number = fc.constantFrom(...orders.map(({ _id }) => _id), 'f'.repeat(32))
  const refundNumber = number.map((_id) => `${_id}-1`)
  const key = fc.constantFrom(...Array.from({ length: 20 }, (_, n) => String(n).padStart(32, '0')))
  const good: fc.Arbitrary<object> =
    type === 'unifiedorder'
      ? fc.record({ goods_id: fc.constantFrom('tea', 'cake', 'none'), key })
      : fc.record({ out_trade_no: number, out_refund_no: refundNumber }, { requiredKeys: [] })
  const changed = fc
    .tuple(good, fc.dictionary(names, fc.oneof(junk, number, refundNumber), { maxKeys: 2 }))
    .map(([data, more]) => ({ ...data, ...more }))
  return fc.oneof(
    { weight: 1, arbitrary: junk },
    { weight: 3, arbitrary: junk.map((data) => ({ type, data })) },
    { weight: 6, arbitrary: changed.map((data) => ({ type, data })) },
    {
      weight: 1,
      arbitrary: fc.tuple(changed, junk).map(([data, other]) => [{ type, data }, other]),
    },
  )
}

const text = (value: unknown, form: RegExp) => typeof value === 'string' && form.test(value)

/** Whether an event asks for anything at all, as the contract says. */
function isGood(type: PayAction, event: any): boolean {
  if (event?.type !== type) return false
  const own = { ...event.data }
  if (type === 'unifiedorder')
    return text(own.goods_id, /^[\w-]{1,64}$/) && text(own.key, /^[0-9a-f]{32}$/)
  return text(own.out_trade_no, /^[0-9a-f]{32}$/)
}

/** What is wrong with a reply; undefined when it is one that the contract knows. */
function flaw(reply: PayReply, openid: string): string | undefined {
  if (reply.code === 0) return reply.data._openid === openid ? undefined : 'another shopper’s order'
  const fields = Object.keys(reply).filter((name) => name !== 'err_code')
  if (fields.join() !== 'code,error,message') return `fields ${fields.join()}`
  if (!PAY_ERRORS.includes(reply.error)) return `error ${reply.error}`
  return typeof reply.message === 'string' ? undefined : 'no message'
}

describe.each(actionNames)('whatever is asked of %s', (type) => {
  test(
    'the answer is typed, and nonsense writes nothing',
    async () => {
      const simulation = await simulationOfOrders()
      const kinds = { good: 0, nonsense: 0 }
      const property = fc.asyncProperty(
        eventsOf(type, simulation.orders()),
        fc.constantFrom(1, 2),
        async (event, shopper) => {
          const openid = openidOf(shopper)
          const invocation = new Invocation('fuzz')
          const before = simulation.writes.length
          const { reply } = await answer(() => simulation.shopperPorts(openid, invocation), event)
          const good = isGood(type, event)
          kinds[good ? 'good' : 'nonsense']++
          const wrong = flaw(reply, openid)
          if (wrong !== undefined) throw new Error(wrong)
          if (!good && reply.code === 0) throw new Error('nonsense was answered')
          if (!good && simulation.writes.length > before) throw new Error('nonsense was written')
        },
      )
      const numRuns = rounds(10_000)
      await fc.assert(property, { seed, numRuns })
      // Rule 3 counts intents by Simulation.call, through which none of these events went.
      expect(violationsNow(simulation).filter(({ rule }) => rule !== 3)).toEqual([])
      report(`fuzz ${type}: ${kinds.good} good events and ${kinds.nonsense} of nonsense`)
      expect(kinds.good).toBeGreaterThan(numRuns / 100)
      expect(kinds.nonsense).toBeGreaterThan(numRuns / 10)
    },
    HOUR,
  )
})
