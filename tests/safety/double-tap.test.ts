import type { Fate, Hook } from './support/invocation'
import { violationsAtRest } from './support/oracle'
import { comeToRest } from './support/rest'
import { charged, orderOf, paid } from './support/story'
import { World } from './support/world'

const TAPS = 100

/** Shopper 1 taps a hundred times at once: no tap goes on before all have read the order. */
function tapAtOnce(world: World, type: string, data: object) {
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
  return Promise.all(Array.from({ length: TAPS }, () => world.call(1, type, data, hook)))
}

describe('a hundred taps at once', () => {
  test('of 下单 with one key make one order and one trade, and get equal replies', async () => {
    const world = new World()
    const data = { goods_id: 'cake', key: world.key() }
    const replies = await tapAtOnce(world, 'unifiedorder', data)
    const [order] = world.orders()
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(orderOf(replies[0]!)).toEqual(order)
    expect([world.orders().length, world.trades()]).toEqual([1, [order?._id]])
    expect(order?.sign).toMatch(/./)
  })

  test('of 退款 refund once', async () => {
    const world = new World()
    const out_trade_no = await paid(world)
    const replies = await tapAtOnce(world, 'refund', { out_trade_no })
    expect(replies.map((reply) => orderOf(reply).status)).toEqual(Array(TAPS).fill(3))
    expect(world.ledger.refunds(out_trade_no)).toMatchObject([{ refund_fee: 2550 }])
    await comeToRest(world)
    expect(violationsAtRest(world)).toEqual([])
  })

  test('after one payment settle it once and tell the payer once', async () => {
    const world = new World()
    const out_trade_no = await charged(world)
    const replies = await tapAtOnce(world, 'payorder', { out_trade_no })
    expect(replies.map((reply) => orderOf(reply).status)).toEqual(Array(TAPS).fill(1))
    expect(world.delivered).toEqual([out_trade_no])
    await comeToRest(world)
    expect(violationsAtRest(world)).toEqual([])
  })
})
