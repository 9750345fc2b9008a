import type { Fate, Hook } from './support/invocation'
import { violationsAtRest } from './support/oracle'
import { comeToRest } from './support/rest'
import { Simulation } from './support/simulation'
import { charged, orderOf, paid } from './support/story'

const TAPS = 100

/** Shopper 1 taps a hundred times at once: no tap goes on before all have read the order. */
function tapAtOnce(simulation: Simulation, type: string, data: object) {
  const arrived = new Set<string>()
  let open: () => void
  const barrier = new Promise<void>((resolve) => {
    open = resolve
  })
  const hook: Hook = async ({ name, invocation }, when): Promise<Fate> => {
    if (name === 'orders.get' && when === 'after' && !arrived.has(invocation)) {
      if (arrived.add(invocation).size === TAPS) open()
      await barrier
    }
    return 'go'
  }
  return Promise.all(Array.from({ length: TAPS }, () => simulation.call(1, type, data, hook)))
}

describe('a hundred taps at once', () => {
  test('of 下单 with one key make one order and one trade, and get equal replies', async () => {
    const simulation = new Simulation()
    const data = { goods_id: 'cake', key: simulation.key() }
    const replies = await tapAtOnce(simulation, 'unifiedorder', data)
    const [order] = simulation.orders()
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(orderOf(replies[0]!)).toEqual(order)
    expect([simulation.orders().length, simulation.trades()]).toEqual([1, [order?._id]])
    expect(order?.sign).toMatch(/./)
  })

  test('of 退款 refund once', async () => {
    const simulation = new Simulation()
    const out_trade_no = await paid(simulation)
    const replies = await tapAtOnce(simulation, 'refund', { out_trade_no })
    expect(replies.map((reply) => orderOf(reply).status)).toEqual(Array(TAPS).fill(3))
    expect(simulation.ledger.refunds(out_trade_no)).toMatchObject([{ refund_fee: 2550 }])
    await comeToRest(simulation)
    expect(violationsAtRest(simulation)).toEqual([])
  })

  test('after one payment settle it once and tell the payer once', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    const replies = await tapAtOnce(simulation, 'payorder', { out_trade_no })
    expect(replies.map((reply) => orderOf(reply).status)).toEqual(Array(TAPS).fill(1))
    expect(simulation.delivered).toEqual([out_trade_no])
    await comeToRest(simulation)
    expect(violationsAtRest(simulation)).toEqual([])
  })
})
