import type { PayReply } from '../../typings/contract'
import { quiesceAndCheck } from './checker/quiesce'
import type { Hook } from './simulation/invocation'
import { DAY, HOUR, MINUTE, Simulation, type SimulationOptions } from './simulation/simulation'
import { orderOf, ordered } from './workload/sample-orders'

const SECOND = 1000
const YEAR = 365 * DAY

const goodsOf = (fields: object) => ({
  goods: [{ _id: 'thing', name: '东西', description: '', price: 100, ...fields }],
})

const buy = (simulation: Simulation, hook?: Hook) =>
  simulation.call(
    1,
    'unifiedorder',
    { goods_id: 'thing', key: simulation.key() },
    hook,
  ) as Promise<PayReply>

/** Returns a simulation with one unpaid order, and shortcuts for it. */
async function openOrder(options: SimulationOptions = {}) {
  const simulation = new Simulation({ ...goodsOf({}), ...options })
  const out_trade_no = await ordered(simulation, 'thing')
  const ask = (type: string) => simulation.call(1, type, { out_trade_no }) as Promise<PayReply>
  return { simulation, out_trade_no, ask, stored: () => simulation.order(out_trade_no)! }
}

/** Returns the same with the order paid and settled. */
async function openPaidOrder(options: SimulationOptions = {}) {
  const all = await openOrder(options)
  all.simulation.pay(all.out_trade_no)
  await all.ask('payorder')
  expect(all.stored()).toMatchObject({ status: 1, paid_at: all.simulation.clock.now() })
  return all
}

async function expectNoViolations(simulation: Simulation) {
  expect(await quiesceAndCheck(simulation)).toEqual([])
}

describe('a price', () => {
  test.each([0, -1, 1.5, '1', true, null, undefined, [1], { $gt: 0 }, 2 ** 53, Infinity, NaN])(
    'of %p is not for sale, and nothing is written',
    async (price) => {
      const simulation = new Simulation(goodsOf({ price }))
      expect(await buy(simulation)).toMatchObject({ code: 1, error: 'GOODS_NOT_FOR_SALE' })
      expect(simulation.writes).toEqual([])
      expect(simulation.trades()).toEqual([])
    },
  )

  // The gateway accepts amounts of up to 10 digits (assumed).
  test.each([1, 9_999_999_999])('of %d fen is charged and refunded exactly', async (price) => {
    const { simulation, ask, stored, out_trade_no } = await openPaidOrder(goodsOf({ price }))
    expect(stored()).toMatchObject({ total_fee: price, paid_fee: price })
    await ask('refund')
    simulation.clock.advance(5 * SECOND)
    expect(orderOf(await ask('queryrefund'))).toMatchObject({ status: 4 })
    expect(simulation.ledger.refunds(out_trade_no)).toMatchObject([{ refund_fee: price }])
    await expectNoViolations(simulation)
  })

  test.each([10_000_000_000, Number.MAX_SAFE_INTEGER])(
    'of %d fen is refused by WeChat, and the order ends unpaid',
    async (price) => {
      const simulation = new Simulation(goodsOf({ price }))
      expect(await buy(simulation)).toMatchObject({ error: 'WECHAT_PAY_REFUSED' })
      expect(simulation.orders()).toMatchObject([{ status: 0 }])
      expect(simulation.orders()[0]!.sign).toBeUndefined()
      await expectNoViolations(simulation)
      expect(simulation.orders()).toMatchObject([{ status: 2 }])
    },
  )
})

test.each(['oSomebody', '', null])(
  'goods that carry the _openid %p are not for sale',
  async (_openid) => {
    const simulation = new Simulation(goodsOf({ _openid }))
    expect(await buy(simulation)).toMatchObject({ error: 'GOODS_NOT_FOR_SALE' })
    expect(simulation.writes).toEqual([])
  },
)

describe('a body of at most 128 bytes is cut between characters', () => {
  const zi = (count: number) => '字'.repeat(count)
  const face = (count: number) => '😀'.repeat(count)
  test.each([
    ['127 bytes of ASCII', 'a'.repeat(127), 'a'.repeat(127)],
    ['128 bytes of ASCII', 'a'.repeat(128), 'a'.repeat(128)],
    ['129 bytes of ASCII', 'a'.repeat(129), 'a'.repeat(128)],
    ['126 bytes of Chinese', zi(42), zi(42)],
    ['129 bytes of Chinese', zi(43), zi(42)],
    ['128 bytes with Chinese', `ab${zi(42)}`, `ab${zi(42)}`],
    ['129 bytes with Chinese at the end', `abc${zi(42)}`, `abc${zi(41)}`],
    ['129 bytes with ASCII at the end', `${zi(42)}abc`, `${zi(42)}ab`],
    ['124 bytes of emoji', face(31), face(31)],
    ['128 bytes of emoji', face(32), face(32)],
    ['132 bytes of emoji', face(33), face(32)],
    ['129 bytes with emoji at the end', `a${face(32)}`, `a${face(31)}`],
  ])('%s', async (_, name, body) => {
    const { stored } = await openOrder(goodsOf({ name }))
    expect(stored().body).toBe(body)
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(128)
    expect(stored().prepay_id).toBeDefined()
  })
})

describe('an order that expires after 30 minutes', () => {
  const TTL = 30 * MINUTE

  test('can be paid a second before', async () => {
    const { simulation, ask, out_trade_no } = await openOrder()
    simulation.clock.advance(TTL - SECOND)
    expect(simulation.pay(out_trade_no)).toBe(true)
    expect(orderOf(await ask('payorder'))).toMatchObject({ status: 1 })
    await expectNoViolations(simulation)
  })

  test('cannot be paid a second after', async () => {
    const { simulation, out_trade_no } = await openOrder()
    simulation.clock.advance(TTL + SECOND)
    expect(simulation.pay(out_trade_no)).toBe(false)
    await expectNoViolations(simulation)
  })

  test('is not changed by the timer or by a query a second before', async () => {
    const { simulation, ask, stored } = await openOrder()
    const before = stored()
    simulation.clock.advance(TTL - SECOND)
    expect(await simulation.reconcile()).toEqual({ done: 0, failed: 0 })
    expect(orderOf(await ask('orderquery'))).toEqual(before)
  })

  test('is closed by the timer a second after', async () => {
    const { simulation, stored } = await openOrder()
    simulation.clock.advance(TTL + SECOND)
    expect(await simulation.reconcile()).toEqual({ done: 1, failed: 0 })
    expect(stored()).toMatchObject({ status: 2, closed_at: simulation.clock.now() })
  })

  test('is closed by a query a second after', async () => {
    const { simulation, ask } = await openOrder()
    simulation.clock.advance(TTL + SECOND)
    expect(orderOf(await ask('orderquery'))).toMatchObject({ status: 2 })
  })

  test('that was paid a second before is settled as paid, even a day later', async () => {
    const { simulation, stored, out_trade_no } = await openOrder()
    simulation.clock.advance(TTL - SECOND)
    simulation.pay(out_trade_no)
    simulation.clock.advance(DAY)
    await simulation.reconcile()
    expect(stored()).toMatchObject({ status: 1 })
  })

  test('gets no paySign a second after', async () => {
    const simulation = new Simulation(goodsOf({}))
    const key = simulation.key()
    const request = { goods_id: 'thing', key }
    await simulation.call(1, 'unifiedorder', request, ({ name }, when) =>
      name === 'wechatPay.unifiedorder' && when === 'before' ? 'crash' : 'go',
    )
    simulation.clock.advance(TTL + SECOND)
    expect(await simulation.call(1, 'unifiedorder', request)).toMatchObject({
      error: 'NOT_ALLOWED_NOW',
    })
    expect(simulation.trades()).toEqual([])
    await expectNoViolations(simulation)
  })
})

describe('WeChat closes no order within five minutes of its creation', () => {
  test('a request a second before waits, and the timer closes the order a second after', async () => {
    const { simulation, ask, stored } = await openOrder()
    simulation.clock.advance(5 * MINUTE - SECOND)
    expect(orderOf(await ask('closeorder'))).toMatchObject({
      status: 0,
      close_requested_at: simulation.clock.now(),
    })
    simulation.clock.advance(2 * SECOND)
    expect(await simulation.reconcile()).toEqual({ done: 1, failed: 0 })
    expect(stored()).toMatchObject({ status: 2 })
  })

  test('a request a second after closes the order at once', async () => {
    const { simulation, ask } = await openOrder()
    simulation.clock.advance(5 * MINUTE + SECOND)
    expect(orderOf(await ask('closeorder'))).toMatchObject({ status: 2 })
  })
})

describe.each([
  ['a day', 24],
  ['a year', 365 * 24],
])('shoppers may refund within %s', (_, hours) => {
  const period = hours * HOUR
  const settings = { settings: { self_refund: period } }

  test.each([-SECOND, 0])('a refund requested %d ms after its end is paid out', async (after) => {
    const { simulation, ask } = await openPaidOrder(settings)
    simulation.clock.advance(period + after)
    expect(orderOf(await ask('refund'))).toMatchObject({ status: 3 })
    simulation.clock.advance(5 * SECOND)
    expect(orderOf(await ask('queryrefund'))).toMatchObject({ status: 4 })
    await expectNoViolations(simulation)
  })

  test('a refund requested a second after its end is refused, and nothing is written', async () => {
    const { simulation, ask, stored, out_trade_no } = await openPaidOrder(settings)
    const before = stored()
    simulation.clock.advance(period + SECOND)
    expect(await ask('refund')).toMatchObject({ error: 'REFUND_PERIOD_OVER' })
    expect(stored()).toEqual(before)
    expect(simulation.ledger.refunds(out_trade_no)).toEqual([])
  })
})

test('a refund that is requested a second before WeChat’s year is over and reaches WeChat a second after is refused, and the order is 已支付 again', async () => {
  const { simulation, ask, stored, out_trade_no } = await openPaidOrder({
    settings: { self_refund: YEAR },
  })
  simulation.clock.advance(YEAR - SECOND)
  await simulation.call(1, 'refund', { out_trade_no }, ({ name }) =>
    name === 'wechatPay.refund' ? 'crash' : 'go',
  )
  expect(stored()).toMatchObject({ status: 3 })
  simulation.clock.advance(2 * SECOND)
  await ask('queryrefund')
  expect(stored()).toMatchObject({
    status: 1,
    refund: { state: 'REFUSED', refusal: { err_code: 'TRADE_OVERDUE' } },
  })
  await expectNoViolations(simulation)
})
