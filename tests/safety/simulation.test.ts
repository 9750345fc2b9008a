import type { Order, PayReply } from '../../typings/contract'
import { CRASHED, type Hook } from './support/invocation'
import { violationsAtRest, violationsNow } from './support/oracle'
import { comeToRest } from './support/rest'
import { MINUTE, Simulation } from './support/simulation'

const orderOf = (reply: PayReply | typeof CRASHED): Order => {
  if (reply === CRASHED || reply.code !== 0) throw new Error(JSON.stringify(reply))
  return reply.data
}

async function ordered(simulation: Simulation): Promise<Order> {
  return orderOf(
    await simulation.call(1, 'unifiedorder', { goods_id: 'tea', key: simulation.key() }),
  )
}

test('a whole story without sockets: ordered, paid, refunded', async () => {
  const simulation = new Simulation()
  const order = await ordered(simulation)
  expect(simulation.pay(order._id)).toBe(true)
  const paid = orderOf(await simulation.call(1, 'payorder', { out_trade_no: order._id }))
  expect(paid).toMatchObject({ status: 1, message: { state: 'sent' } })
  expect(orderOf(await simulation.call(1, 'refund', { out_trade_no: order._id })).status).toBe(3)
  simulation.clock.advance(MINUTE)
  expect(orderOf(await simulation.call(1, 'queryrefund', { out_trade_no: order._id })).status).toBe(
    4,
  )
  await comeToRest(simulation)
  expect(violationsAtRest(simulation)).toEqual([])
})

test('a payment that WeChat tells of is taken, and its message is sent by the timer', async () => {
  const simulation = new Simulation()
  const { _id } = await ordered(simulation)
  simulation.pay(_id)
  expect(await simulation.notify(simulation.paymentNotification(_id)!)).toBe(true)
  expect(simulation.order(_id)).toMatchObject({ status: 1, message: { state: 'owed' } })
  simulation.clock.advance(2 * MINUTE)
  await simulation.reconcile()
  expect(simulation.delivered).toEqual([_id])
})

test('a settled refund that WeChat tells of is taken', async () => {
  const simulation = new Simulation()
  const { _id } = await ordered(simulation)
  simulation.pay(_id)
  await simulation.call(1, 'payorder', { out_trade_no: _id })
  await simulation.call(1, 'refund', { out_trade_no: _id })
  simulation.clock.advance(MINUTE)
  expect(await simulation.notify(simulation.refundNotifications(_id)[0]!)).toBe(true)
  expect(simulation.order(_id)?.status).toBe(4)
})

test('an invocation that crashed has no further effect', async () => {
  const simulation = new Simulation()
  const hook: Hook = ({ name }, when) =>
    name === 'orders.add' && when === 'after' ? 'crash' : 'go'
  const reply = await simulation.call(
    1,
    'unifiedorder',
    { goods_id: 'tea', key: simulation.key() },
    hook,
  )
  expect(reply).toBe(CRASHED)
  expect(simulation.orders()).toHaveLength(1)
  expect(simulation.trades()).toEqual([])
})

test('two worlds of one seed are alike', async () => {
  const [one, other] = [new Simulation({ seed: 7 }), new Simulation({ seed: 7 })]
  expect(await ordered(one)).toEqual(await ordered(other))
})

describe('the oracle sees', () => {
  test.each([
    ['a price that is not the goods’ (2)', 2, { total_fee: 2 }],
    ['a move that is none (4)', 4, { status: 4, rev: 3 }],
    ['a write that skips a rev (4)', 4, { rev: 9 }],
    ['a paySign that was handed out and is gone (5)', 5, { sign: 'other', rev: 3 }],
  ])('%s', async (_, rule, changes) => {
    const simulation = new Simulation()
    const { _id } = await ordered(simulation)
    simulation.database.update('orders', { _id }, { $set: changes }, { multi: false })
    expect(violationsNow(simulation).map((violation) => violation.rule)).toContain(rule)
  })

  test('an order that was paid at WeChat and never here (1, 6)', async () => {
    const simulation = new Simulation()
    const { _id } = await ordered(simulation)
    simulation.pay(_id)
    expect(violationsAtRest(simulation).map(({ rule }) => rule)).toEqual([1, 6])
  })

  test('a trade without its row, and more orders than intents (3, 5)', async () => {
    const simulation = new Simulation()
    const { _id, ...order } = await ordered(simulation)
    simulation.database.remove('orders', { _id }, { multi: false })
    for (const id of ['a', 'b']) simulation.database.insert('orders', [{ ...order, _id: id }])
    const rules = violationsNow(simulation).map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining([3, 4, 5]))
  })

  test('a second message (7)', async () => {
    const simulation = new Simulation()
    const { _id } = await ordered(simulation)
    simulation.pay(_id)
    await simulation.call(1, 'payorder', { out_trade_no: _id })
    simulation.delivered.push(_id)
    expect(violationsNow(simulation)).toMatchObject([{ rule: 7 }])
  })

  test('a stranger who is told something, or whose call wrote (8)', async () => {
    const simulation = new Simulation()
    const { _id } = await ordered(simulation)
    await simulation.call(2, 'orderquery', { out_trade_no: _id })
    expect(violationsNow(simulation)).toEqual([])
    const stranger = simulation.runs.at(-1)!
    stranger.reply = { code: 1, error: 'NOT_ALLOWED_NOW', message: '' }
    const moved_by = `${stranger.invocation} settle`
    simulation.database.update('orders', { _id }, { $set: { moved_by, rev: 3 } }, { multi: false })
    expect(violationsNow(simulation)).toMatchObject([{ rule: 8 }, { rule: 8 }])
  })
})
