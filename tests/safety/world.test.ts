import type { Order, PayReply } from '../../typings/contract'
import { CRASHED, type Hook } from './support/invocation'
import { violationsAtRest, violationsNow } from './support/oracle'
import { comeToRest } from './support/rest'
import { MINUTE, World } from './support/world'

const orderOf = (reply: PayReply | typeof CRASHED): Order => {
  if (reply === CRASHED || reply.code !== 0) throw new Error(JSON.stringify(reply))
  return reply.data
}

async function ordered(world: World): Promise<Order> {
  return orderOf(await world.call(1, 'unifiedorder', { goods_id: 'tea', key: world.key() }))
}

test('a whole story without sockets: ordered, paid, refunded', async () => {
  const world = new World()
  const order = await ordered(world)
  expect(world.pay(order._id)).toBe(true)
  const paid = orderOf(await world.call(1, 'payorder', { out_trade_no: order._id }))
  expect(paid).toMatchObject({ status: 1, message: { state: 'sent' } })
  expect(orderOf(await world.call(1, 'refund', { out_trade_no: order._id })).status).toBe(3)
  world.clock.advance(MINUTE)
  expect(orderOf(await world.call(1, 'queryrefund', { out_trade_no: order._id })).status).toBe(4)
  await comeToRest(world)
  expect(violationsAtRest(world)).toEqual([])
})

test('a payment that WeChat tells of is taken, and its message is sent by the timer', async () => {
  const world = new World()
  const { _id } = await ordered(world)
  world.pay(_id)
  expect(await world.notify(world.paymentNotification(_id)!)).toBe(true)
  expect(world.order(_id)).toMatchObject({ status: 1, message: { state: 'owed' } })
  world.clock.advance(2 * MINUTE)
  await world.reconcile()
  expect(world.delivered).toEqual([_id])
})

test('a settled refund that WeChat tells of is taken', async () => {
  const world = new World()
  const { _id } = await ordered(world)
  world.pay(_id)
  await world.call(1, 'payorder', { out_trade_no: _id })
  await world.call(1, 'refund', { out_trade_no: _id })
  world.clock.advance(MINUTE)
  expect(await world.notify(world.refundNotifications(_id)[0]!)).toBe(true)
  expect(world.order(_id)?.status).toBe(4)
})

test('an invocation that crashed has no further effect', async () => {
  const world = new World()
  const hook: Hook = ({ name }, when) =>
    name === 'orders.add' && when === 'after' ? 'crash' : 'go'
  const reply = await world.call(1, 'unifiedorder', { goods_id: 'tea', key: world.key() }, hook)
  expect(reply).toBe(CRASHED)
  expect(world.orders()).toHaveLength(1)
  expect(world.trades()).toEqual([])
})

test('two worlds of one seed are alike', async () => {
  const [one, other] = [new World({ seed: 7 }), new World({ seed: 7 })]
  expect(await ordered(one)).toEqual(await ordered(other))
})

describe('the oracle sees', () => {
  test.each([
    ['a price that is not the goods’ (2)', 2, { total_fee: 2 }],
    ['a move that is none (4)', 4, { status: 4, rev: 3 }],
    ['a write that skips a rev (4)', 4, { rev: 9 }],
    ['a paySign that was handed out and is gone (5)', 5, { sign: 'other', rev: 3 }],
  ])('%s', async (_, rule, changes) => {
    const world = new World()
    const { _id } = await ordered(world)
    world.database.update('orders', { _id }, { $set: changes }, { multi: false })
    expect(violationsNow(world).map((violation) => violation.rule)).toContain(rule)
  })

  test('an order that was paid at WeChat and never here (1, 6)', async () => {
    const world = new World()
    const { _id } = await ordered(world)
    world.pay(_id)
    expect(violationsAtRest(world).map(({ rule }) => rule)).toEqual([1, 6])
  })

  test('a trade without its row, and more orders than intents (3, 5)', async () => {
    const world = new World()
    const { _id, ...order } = await ordered(world)
    world.database.remove('orders', { _id }, { multi: false })
    for (const id of ['a', 'b']) world.database.insert('orders', [{ ...order, _id: id }])
    const rules = violationsNow(world).map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining([3, 4, 5]))
  })

  test('a second message (7)', async () => {
    const world = new World()
    const { _id } = await ordered(world)
    world.pay(_id)
    await world.call(1, 'payorder', { out_trade_no: _id })
    world.delivered.push(_id)
    expect(violationsNow(world)).toMatchObject([{ rule: 7 }])
  })

  test('a stranger who is told something, or whose call wrote (8)', async () => {
    const world = new World()
    const { _id } = await ordered(world)
    await world.call(2, 'orderquery', { out_trade_no: _id })
    expect(violationsNow(world)).toEqual([])
    const stranger = world.runs.at(-1)!
    stranger.reply = { code: 1, error: 'NOT_ALLOWED_NOW', message: '' }
    const moved_by = `${stranger.invocation} settle`
    world.database.update('orders', { _id }, { $set: { moved_by, rev: 3 } }, { multi: false })
    expect(violationsNow(world)).toMatchObject([{ rule: 8 }, { rule: 8 }])
  })
})
