import { handleNotification } from '../../cloudfunctions/pay-notify/src/notification'
import { reconcile } from '../../cloudfunctions/pay-reconcile/src/reconcile'
import { handleCall } from '../../cloudfunctions/pay/src/handle-call'
import type { Order } from '../../typings/contract'
import { checkFinalState, checkInvariants } from './checker/money-rules'
import { quiesceAndCheck } from './checker/quiesce'
import { CRASHED, type Hook } from './simulation/invocation'
import { DAY, MINUTE, Simulation } from './simulation/simulation'
import {
  charged,
  lateRefundClosed,
  ordered,
  orderOf,
  paid,
  refundEnding,
} from './workload/sample-orders'

const buyTea = async (simulation: Simulation): Promise<Order> =>
  simulation.order(await ordered(simulation, 'tea'))!

test('an order is bought, paid and refunded without sockets', async () => {
  const simulation = new Simulation()
  const order = await buyTea(simulation)
  expect(simulation.pay(order._id)).toBe(true)
  const paid = orderOf(await simulation.call(1, 'payorder', { out_trade_no: order._id }))
  expect(paid).toMatchObject({ status: 1, message: { state: 'sent' } })
  expect(orderOf(await simulation.call(1, 'refund', { out_trade_no: order._id })).status).toBe(3)
  simulation.clock.advance(MINUTE)
  expect(orderOf(await simulation.call(1, 'queryrefund', { out_trade_no: order._id })).status).toBe(
    4,
  )
  expect(await quiesceAndCheck(simulation)).toEqual([])
})

test('a notified payment is settled, and the timer sends its message', async () => {
  const simulation = new Simulation()
  const { _id } = await buyTea(simulation)
  simulation.pay(_id)
  expect(await simulation.notify(simulation.paymentNotification(_id)!)).toBe(true)
  expect(simulation.order(_id)).toMatchObject({ status: 1, message: { state: 'owed' } })
  simulation.clock.advance(2 * MINUTE)
  await simulation.reconcile()
  expect(simulation.delivered).toEqual([_id])
})

test('a notified refund is settled', async () => {
  const simulation = new Simulation()
  const { _id } = await buyTea(simulation)
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

test('two simulations with one seed are equal', async () => {
  const [one, other] = [new Simulation({ seed: 7 }), new Simulation({ seed: 7 })]
  expect(await buyTea(one)).toEqual(await buyTea(other))
})

describe('the checker finds', () => {
  test.each([
    ['a price that is not the goods’ (2)', 2, { total_fee: 2 }],
    ['a status change that is not allowed (4)', 4, { status: 4, rev: 3 }],
    ['a write that skips a rev (4)', 4, { rev: 9 }],
    ['a paySign that was returned and is not stored (5)', 5, { sign: 'other', rev: 3 }],
  ])('%s', async (_, rule, changes) => {
    const simulation = new Simulation()
    const { _id } = await buyTea(simulation)
    simulation.database.update('orders', { _id }, { $set: changes }, { multi: false })
    expect(checkInvariants(simulation).map((violation) => violation.rule)).toContain(rule)
  })

  test('an order that is paid at WeChat but not in the shop (1, 6)', async () => {
    const simulation = new Simulation()
    const { _id } = await buyTea(simulation)
    simulation.pay(_id)
    expect(checkFinalState(simulation).map(({ rule }) => rule)).toEqual([1, 6])
  })

  test('a trade without its row, and more orders than keys (3, 5)', async () => {
    const simulation = new Simulation()
    const { _id, ...order } = await buyTea(simulation)
    simulation.database.remove('orders', { _id }, { multi: false })
    for (const id of ['a', 'b']) simulation.database.insert('orders', [{ ...order, _id: id }])
    const rules = checkInvariants(simulation).map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining([3, 4, 5]))
  })

  test('a second message (7)', async () => {
    const simulation = new Simulation()
    const { _id } = await buyTea(simulation)
    simulation.pay(_id)
    await simulation.call(1, 'payorder', { out_trade_no: _id })
    simulation.delivered.push(_id)
    expect(checkInvariants(simulation)).toMatchObject([{ rule: 7 }])
  })

  test('a message whose step changes something else (7)', async () => {
    const simulation = new Simulation()
    const { _id, rev } = await buyTea(simulation)
    const changes = { hidden: true, rev: rev + 1, moved_by: 'invocation-9 message' }
    simulation.database.update('orders', { _id }, { $set: changes }, { multi: false })
    expect(checkInvariants(simulation)).toMatchObject([
      { rule: 7, what: expect.stringContaining('hidden') },
    ])
  })

  test('an order that needs a person and has no anomaly (6)', async () => {
    const simulation = new Simulation()
    const out_trade_no = await refundEnding('CHANGE')(simulation)
    expect(await quiesceAndCheck(simulation)).toEqual([])
    simulation.database.update(
      'orders',
      { _id: out_trade_no },
      { $unset: { anomaly: '' }, $inc: { rev: 1 } },
      { multi: false },
    )
    expect(checkFinalState(simulation)).toMatchObject([{ rule: 6 }])
  })

  test('a failed refund of a late payment without its anomaly (6)', async () => {
    const simulation = new Simulation()
    const _id = await lateRefundClosed(simulation)
    simulation.clock.advance(MINUTE)
    await simulation.call(1, 'orderquery', { out_trade_no: _id })
    expect(checkInvariants(simulation)).toEqual([])
    const changes = { $unset: { anomaly: '' }, $inc: { rev: 1 } }
    simulation.database.update('orders', { _id }, changes, { multi: false })
    expect(checkInvariants(simulation)).toMatchObject([{ rule: 6 }])
  })

  test('an order that agrees with WeChat only after the third run of the timer (1)', async () => {
    let runs = 0
    let out_trade_no = ''
    const slowTimer: typeof reconcile = async (...args) => {
      if (++runs > 2) return reconcile(...args)
      // The simulation is quiet only when no refund changes.
      simulation.ledger.refundByHand({ out_trade_no, refund_fee: 1 })
      return { done: 0, failed: 0, reasons: {}, notLeased: [], noUsableReply: false }
    }
    const settings = { self_refund: 9 * DAY }
    const simulation = new Simulation({
      settings,
      shop: { handleCall, reconcile: slowTimer, handleNotification },
    })
    out_trade_no = await paid(simulation)
    const other = await charged(simulation)
    expect(await quiesceAndCheck(simulation)).toEqual([
      { rule: 1, what: expect.stringContaining(other.slice(0, 8)) },
    ])
  })

  test('a stranger who received another reply, or whose call wrote (8)', async () => {
    const simulation = new Simulation()
    const { _id } = await buyTea(simulation)
    await simulation.call(2, 'orderquery', { out_trade_no: _id })
    expect(checkInvariants(simulation)).toEqual([])
    const stranger = simulation.runs.at(-1)!
    stranger.reply = { code: 1, error: 'NOT_ALLOWED_NOW', message: '' }
    const moved_by = `${stranger.invocation} settle`
    simulation.database.update('orders', { _id }, { $set: { moved_by, rev: 3 } }, { multi: false })
    expect(checkInvariants(simulation)).toMatchObject([{ rule: 8 }, { rule: 8 }])
  })
})
