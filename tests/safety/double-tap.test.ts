import { quiesceAndCheck } from './checker/quiesce'
import type { Fate, Hook } from './simulation/invocation'
import { Simulation } from './simulation/simulation'
import { charged, orderOf, paid } from './workload/sample-orders'

const TAPS = 100

/** Taps a hundred times at once as shopper 1. No tap continues before all have read the order. */
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
  test('of 下单 with one key make one order and one trade and get equal replies', async () => {
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
    expect(await quiesceAndCheck(simulation)).toEqual([])
  })

  test('after one payment settle it once and send one message', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    const replies = await tapAtOnce(simulation, 'payorder', { out_trade_no })
    expect(replies.map((reply) => orderOf(reply).status)).toEqual(Array(TAPS).fill(1))
    expect(simulation.delivered).toEqual([out_trade_no])
    expect(await quiesceAndCheck(simulation)).toEqual([])
  })
})
