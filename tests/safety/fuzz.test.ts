import fc from 'fast-check'
import { ACTION_NAMES } from '../../cloudfunctions/pay/src/actions'
import { handleCall } from '../../cloudfunctions/pay/src/handle-call'
import { openidOf } from '../../simulator/settings/identity'
import type { Order, PayAction, PayReply } from '../../typings/contract'
import { seed } from '../support/run/full-run'
import { checkInvariants } from './checker/money-rules'
import { PAY_ERRORS } from './checker/pay-errors'
import { Invocation } from './simulation/invocation'
import { HOUR, MINUTE, Simulation } from './simulation/simulation'
import { report, rounds } from './workload/rounds'
import { ordered, paid, refunding } from './workload/sample-orders'

/** Builds a simulation in which shopper 1 has an order in every status and shopper 2 has none. */
async function simulationOfOrders(): Promise<Simulation> {
  const simulation = new Simulation({ seed, settings: { max_unpaid: 1000 } })
  await paid(simulation)
  const closing = await ordered(simulation)
  const paidNumber = await paid(simulation)
  const refundNumber = await refunding(simulation)
  simulation.clock.advance(6 * MINUTE)
  await simulation.call(1, 'closeorder', { out_trade_no: closing })
  await simulation.call(1, 'queryrefund', { out_trade_no: refundNumber })
  await simulation.call(1, 'refund', { out_trade_no: paidNumber })
  await ordered(simulation)
  expect(simulation.orders().map(({ status }) => status)).toEqual([1, 2, 3, 4, 0])
  return simulation
}

/** Keys with a meaning in JavaScript or in a database, and the keys of valid events. */
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

/** Generates events of the action: valid ones, changed ones and junk. */
function eventsOf(type: PayAction, orders: readonly Order[]): fc.Arbitrary<unknown> {
  const number = fc.constantFrom(...orders.map(({ _id }) => _id), 'f'.repeat(32))
  const refundNumber = number.map((_id) => `${_id}-1`)
  const key = fc.constantFrom(...Array.from({ length: 20 }, (_, n) => String(n).padStart(32, '0')))
  const valid: fc.Arbitrary<object> =
    type === 'unifiedorder'
      ? fc.record({ goods_id: fc.constantFrom('tea', 'cake', 'none'), key })
      : fc.record({ out_trade_no: number, out_refund_no: refundNumber }, { requiredKeys: [] })
  const changed = fc
    .tuple(valid, fc.dictionary(names, fc.oneof(junk, number, refundNumber), { maxKeys: 2 }))
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

/** Returns whether the contract accepts the event. */
function isValid(type: PayAction, event: any): boolean {
  if (event?.type !== type) return false
  const own = { ...event.data }
  if (type === 'unifiedorder')
    return text(own.goods_id, /^[\w-]{1,64}$/) && text(own.key, /^[0-9a-f]{32}$/)
  return text(own.out_trade_no, /^[0-9a-f]{32}$/)
}

/** Returns what is wrong with a reply; undefined for a reply of the contract. */
function flaw(reply: PayReply, openid: string): string | undefined {
  if (reply.code === 0) return reply.data._openid === openid ? undefined : 'another shopper’s order'
  const fields = Object.keys(reply).filter((name) => name !== 'err_code')
  if (fields.join() !== 'code,error,message') return `fields ${fields.join()}`
  if (!PAY_ERRORS.includes(reply.error)) return `error ${reply.error}`
  return typeof reply.message === 'string' ? undefined : 'no message'
}

describe.each(ACTION_NAMES)('any event for %s', (type) => {
  test(
    'gets a typed reply, and nonsense writes nothing',
    async () => {
      const simulation = await simulationOfOrders()
      const kinds = { valid: 0, nonsense: 0 }
      const property = fc.asyncProperty(
        eventsOf(type, simulation.orders()),
        fc.constantFrom(1, 2),
        async (event, shopper) => {
          const openid = openidOf(shopper)
          const invocation = new Invocation('fuzz')
          const before = simulation.writes.length
          const { reply } = await handleCall(
            () => simulation.shopperPorts(openid, invocation),
            event,
          )
          const valid = isValid(type, event)
          kinds[valid ? 'valid' : 'nonsense']++
          const wrong = flaw(reply, openid)
          if (wrong !== undefined) throw new Error(wrong)
          if (!valid && reply.code === 0) throw new Error('nonsense was accepted')
          if (!valid && simulation.writes.length > before)
            throw new Error('nonsense caused a write')
        },
      )
      const numRuns = rounds(10_000, 1000)
      await fc.assert(property, { seed, numRuns })
      // Rule 3 counts the keys of Simulation.call, which these events bypass.
      expect(checkInvariants(simulation).filter(({ rule }) => rule !== 3)).toEqual([])
      report(`fuzz ${type}: ${kinds.valid} valid events and ${kinds.nonsense} nonsense events`)
      expect(kinds.valid).toBeGreaterThan(numRuns / 100)
      expect(kinds.nonsense).toBeGreaterThan(numRuns / 10)
    },
    HOUR,
  )
})
