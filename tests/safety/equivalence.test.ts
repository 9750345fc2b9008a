import { seed } from '../support/run/full-run'
import { Random } from './simulation/random'
import type { Simulation } from './simulation/simulation'
import { pairs, stagesOf, type ActorName } from './workload/interleavings/actors'
import { classOf, staysLeast, type Step } from './workload/interleavings/equivalence'
import { act } from './workload/interleavings/schedules'
import { StageCache } from './workload/interleavings/stages'
import { report, rounds } from './workload/rounds'

/* interleavings.test.ts runs one schedule of each class. That is enough only if all end alike. */

const step = (actor: number, what: string, since = 0): Step => ({ actor, what, since })

describe('the class of a schedule', () => {
  const write = step(1, 'orders.compareAndSet 1')
  const read = step(2, 'orders.get 1')
  const query = step(2, 'wechatPay.orderquery 1')
  const close = step(1, 'wechatPay.closeorder 1')

  test('depends on the order of a write and a read of the same thing', () => {
    expect(classOf([write, read])).not.toBe(classOf([read, write]))
  })

  test('does not depend on the order of steps at the database and at WeChat', () => {
    expect(classOf([write, query])).toBe(classOf([query, write]))
  })

  test('does not depend on the order of two reads', () => {
    expect(classOf([step(1, 'orders.get 1'), read])).toBe(classOf([read, step(1, 'orders.get 1')]))
  })

  test('depends on the order of a query and a payment', () => {
    const pays = step(1, 'begins')
    expect(classOf([pays, query])).not.toBe(classOf([query, pays]))
  })

  test('keeps the order of an actor’s steps, unless both were possible at once', () => {
    const later = step(1, 'wechatPay.closeorder 2', 1)
    expect(staysLeast([step(1, 'orders.get 3')], later)).toBe(true)
    expect(staysLeast([close], step(1, 'goods.get 1', 0))).toBe(false)
  })

  test('has one least schedule', () => {
    expect(staysLeast([query], write)).toBe(false)
    expect(staysLeast([write], query)).toBe(true)
  })
})

/** Returns all that two runs can have in common: nonces, and what is signed with them, are random. */
function stateOf(simulation: Simulation): object {
  const trades = simulation.trades().map((number) => ({
    number,
    trade: simulation.ledger.trade(number),
    refunds: simulation.ledger.refunds(number),
  }))
  const orders = simulation.orders().map(({ nonce_str: _, sign: __, ...order }) => order)
  return { orders, trades, delivered: simulation.delivered }
}

/** Runs random schedules of two actors. @returns the different states that each class ends in */
async function endsOf(pair: readonly [ActorName, ActorName], count: number) {
  const random = new Random(seed)
  const cache = new StageCache()
  const ends = new Map<string, Set<string>>()
  for (let n = 0; n < count; n++) {
    const stage = random.pick(stagesOf(...pair))
    const { simulation, out_trade_no } = await cache.at(stage)
    const schedule = await act(pair, simulation, out_trade_no, (steps) => random.pick(steps))
    const name = `${stage}: ${classOf(schedule)}`
    ends.set(name, (ends.get(name) ?? new Set()).add(JSON.stringify(stateOf(simulation))))
  }
  return ends
}

test('equivalent schedules end in the same state', async () => {
  const count = rounds(200, 15)
  let compared = 0
  for (const pair of pairs()) {
    const ends = await endsOf(pair, count)
    const unequal = [...ends].filter(([, states]) => states.size > 1)
    expect({ pair, unequal }).toEqual({ pair, unequal: [] })
    compared += count - ends.size
  }
  report(`equivalence: ${compared} schedules end as an equivalent one did`)
  expect(compared).toBeGreaterThan(count)
}, 3_600_000)
