import { handleRequest } from '../../simulator/wechat-pay/endpoints'
import { at } from '../safety/faults/port-faults'
import { CRASHED, type Hook } from '../safety/simulation/invocation'
import { DAY, HOUR, MINUTE, Simulation } from '../safety/simulation/simulation'
import { charged, orderOf, paid, refunding, refundedByHand } from '../safety/workload/sample-orders'

/* Refunds that the merchant makes by hand on WeChat's platform, with ports in memory. */

const opened = async (given: (simulation: Simulation) => Promise<string> = paid) => {
  const simulation = new Simulation()
  const out_trade_no = await given(simulation)
  const ask = async (type: string) => orderOf(await simulation.call(1, type, { out_trade_no }))
  const refusal = async (type: string, hook?: Hook) => {
    const reply = await simulation.call(1, type, { out_trade_no }, hook)
    return reply === CRASHED || reply.code === 0 ? reply : reply.error
  }
  const byHand = (refund_fee: number) =>
    simulation.ledger.refundByHand({ out_trade_no, refund_fee })
  return {
    simulation,
    out_trade_no,
    ask,
    refusal,
    byHand,
    row: () => simulation.order(out_trade_no)!,
  }
}

/** Returns a hook that adds the endpoint of each request to WeChat to `calls`. */
const recordCalls =
  (calls: string[]): Hook =>
  ({ name }, when) => {
    const [port, endpoint] = name.split('.')
    if (port === 'wechatPay' && when === 'before') calls.push(endpoint!)
    return 'go'
  }

test('a partial refund is recorded, and the shopper’s refund requests the rest', async () => {
  const { simulation, ask, byHand } = await opened()
  byHand(50)
  simulation.clock.advance(MINUTE)
  expect(await ask('orderquery')).toMatchObject({
    status: 1,
    merchant_refunds: { refunded: 50, in_flight: 0, count: 1, last_at: expect.any(Number) },
  })
  expect(await ask('refund')).toMatchObject({ status: 3, refund: { refund_fee: 2500, attempt: 1 } })
  simulation.clock.advance(MINUTE)
  const done = await ask('queryrefund')
  expect(done).toMatchObject({ status: 4, refund: { state: 'SUCCESS' } })
  expect(done.anomaly).toBeUndefined()
})

test('a partial refund in flight is recorded as in flight', async () => {
  const { ask, byHand } = await opened()
  byHand(50)
  expect(await ask('orderquery')).toMatchObject({
    status: 1,
    merchant_refunds: { refunded: 0, in_flight: 50, count: 1 },
  })
})

test.each([2, 9, 10, 11, 20, 21, 50])(
  '%i partial refunds of the full amount make the order 已退款',
  async (parts) => {
    const { simulation, ask, byHand } = await opened()
    for (let n = 1; n < parts; n++) byHand(1)
    byHand(2550 - (parts - 1))
    simulation.clock.advance(MINUTE)
    expect(await ask('orderquery')).toMatchObject({
      status: 4,
      merchant_refunds: { refunded: 2550, in_flight: 0, count: parts },
    })
  },
)

test('a refund that WeChat cannot pay out is an anomaly, recorded once', async () => {
  const { simulation, out_trade_no, ask, byHand, row } = await opened()
  simulation.ledger.setRefundOutcome(out_trade_no, 'CHANGE')
  byHand(50)
  expect((await ask('orderquery')).anomaly).toBeUndefined()
  simulation.clock.advance(MINUTE)
  expect(await ask('orderquery')).toMatchObject({
    status: 1,
    merchant_refunds: { refunded: 0, in_flight: 50 },
    anomaly: [{ kind: 'refundChange' }],
  })
  const { rev } = row()
  await ask('orderquery')
  expect(row().rev).toBe(rev)
})

test('a refund that WeChat closed does not count', async () => {
  const { simulation, out_trade_no, ask, byHand } = await opened()
  simulation.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  byHand(50)
  simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  byHand(7)
  simulation.clock.advance(MINUTE)
  expect(await ask('orderquery')).toMatchObject({
    merchant_refunds: { refunded: 7, in_flight: 0, count: 1 },
  })
})

test('a closed refund with the shop’s first number is not adopted as its own', async () => {
  const { simulation, out_trade_no, ask, byHand } = await opened()
  simulation.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  const fees = { total_fee: '2550', refund_fee: '2550' }
  handleRequest(simulation.ledger, 'refund', {
    out_trade_no,
    out_refund_no: `${out_trade_no}-1`,
    ...fees,
  })
  simulation.clock.advance(MINUTE)
  simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  byHand(50)
  simulation.clock.advance(MINUTE)
  const found = await ask('orderquery')
  expect(found).toMatchObject({ status: 1, merchant_refunds: { refunded: 50 } })
  expect(found.refund).toBeUndefined()
})

test('of a payment that is known only from its refund, only what the reply says is stored', async () => {
  const { ask } = await opened(refundedByHand(50, 1, charged))
  const found = await ask('orderquery')
  expect(found).toMatchObject({
    status: 1,
    paid_fee: 2550,
    transaction_id: expect.stringMatching(/^\d{28}$/),
    merchant_refunds: { refunded: 50 },
  })
  for (const name of ['paid_at', 'bank_type', 'trade_type']) {
    expect(found).not.toHaveProperty(name)
  }
})

test('the timer finds a manual refund within a day, without a notification', async () => {
  const { simulation, byHand, row } = await opened()
  byHand(2550)
  simulation.clock.advance(DAY)
  await simulation.reconcile()
  expect(row()).toMatchObject({ status: 4 })
})

test('a later run does the daily query if a run crashes after the lease', async () => {
  const { simulation, byHand, row } = await opened()
  byHand(2550)
  simulation.clock.advance(DAY)
  await simulation.reconcile(at('orders.compareAndSet', 'after', () => 'crash'))
  expect(row()).toMatchObject({ status: 1, next_check_at: expect.any(Number) })
  simulation.clock.advance(HOUR)
  await simulation.reconcile()
  expect(row()).toMatchObject({ status: 4 })
})

test('a daily query that finds nothing is the last one', async () => {
  const { simulation, row } = await opened()
  simulation.clock.advance(DAY)
  await simulation.reconcile()
  expect(row()).toMatchObject({ status: 1 })
  expect(row()).not.toHaveProperty('next_check_at')
})

test('the shopper cannot refund what the merchant is refunding', async () => {
  const { ask, refusal, byHand } = await opened()
  byHand(2550)
  await ask('orderquery')
  expect(await refusal('refund')).toBe('NOT_ALLOWED_NOW')
})

test('refunds of more than was paid are an anomaly, and not recorded', async () => {
  const { simulation, ask } = await opened()
  const { order, ...listed } = { order: await ask('orderquery'), refund_count: '1' }
  const fields = {
    appid: simulation.settings.appid,
    mch_id: simulation.settings.mch_id,
    out_trade_no: order._id,
    total_fee: '2550',
    ...listed,
    total_refund_count: '1',
    out_refund_no_0: 'P1',
    refund_fee_0: '2551',
    refund_status_0: 'SUCCESS',
  }
  simulation.ledger.refundByHand({ out_trade_no: order._id, refund_fee: 1 })
  const more = at('wechatPay.refundquery', 'after', () => ({ instead: { kind: 'ok', fields } }))
  await simulation.call(1, 'orderquery', { out_trade_no: order._id }, more)
  const row = simulation.order(order._id)!
  expect(row.anomaly).toMatchObject([{ kind: 'refundMismatch' }])
  expect(row.merchant_refunds).toBeUndefined()
})

describe('repeated requests', () => {
  test('a hundred taps on a refused refund send one request', async () => {
    const { simulation, refusal } = await opened()
    simulation.ledger.set({ unsettledFunds: 0 })
    const calls: string[] = []
    const writes = simulation.writes.length
    for (let n = 0; n < 100; n++) {
      expect(await refusal('refund', recordCalls(calls))).toBe('WECHAT_PAY_REFUSED')
    }
    expect(calls).toEqual(['refund', 'refundquery', 'refundquery'])
    expect(simulation.writes.length - writes).toBe(2)
  })

  test('a hundred cancellations of a new order query WeChat once, and close nothing', async () => {
    const simulation = new Simulation()
    const reply = await simulation.call(1, 'unifiedorder', {
      goods_id: 'tea',
      key: simulation.key(),
    })
    const { out_trade_no } = orderOf(reply)
    const calls: string[] = []
    for (let n = 0; n < 100; n++) {
      await simulation.call(1, 'closeorder', { out_trade_no }, recordCalls(calls))
    }
    expect(calls).toEqual(['orderquery'])
  })

  test('a late payment’s refund that WeChat always closes is requested five times in a month', async () => {
    const simulation = new Simulation()
    const out_trade_no = await lateWithClosedRefunds(simulation)
    for (let hours = 0; hours < 30 * 24; hours++) {
      simulation.clock.advance(HOUR)
      await simulation.reconcile()
    }
    expect(simulation.ledger.refunds(out_trade_no)).toHaveLength(5)
    const row = simulation.order(out_trade_no)!
    expect(row).toMatchObject({ status: 3, anomaly: [{ kind: 'lateRefund' }] })
  })

  test('a message that WeChat temporarily refuses is tried five times in a month', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    await simulation.call(1, 'orderquery', { out_trade_no })
    expect(await triesOfMessages(simulation, 30 * 24, HOUR)).toBe(5)
    expect(simulation.order(out_trade_no)?.message).toMatchObject({ state: 'refused', tries: 5 })
  })

  test('reconciling a refund does not use up the tries of the message', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    await simulation.call(1, 'orderquery', { out_trade_no })
    simulation.ledger.set({ unsettledFunds: 0 })
    await simulation.call(1, 'refund', { out_trade_no })
    expect(await triesOfMessages(simulation, 20, MINUTE)).toBe(2)
  })

  test('the paid message is not sent for a refunded order', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    await simulation.call(1, 'orderquery', { out_trade_no })
    await simulation.call(1, 'refund', { out_trade_no })
    simulation.clock.advance(MINUTE)
    await simulation.call(1, 'queryrefund', { out_trade_no })
    expect(simulation.order(out_trade_no)).toMatchObject({ status: 4, message: { state: 'owed' } })
    simulation.clock.advance(HOUR)
    await simulation.reconcile()
    expect(simulation.delivered).toEqual([])
    expect(simulation.order(out_trade_no)?.message).toMatchObject({ state: 'refused' })
  })
})

/**
 * Runs the timer `runs` times, every `ms`, while WeChat temporarily refuses each message.
 * @returns how many messages it tried to send
 */
async function triesOfMessages(simulation: Simulation, runs: number, ms: number): Promise<number> {
  let tries = 0
  for (let n = 0; n < runs; n++) {
    simulation.clock.advance(ms)
    await simulation.reconcile(({ name }, when) => {
      if (name !== 'messages.send' || when !== 'before') return 'go'
      tries++
      return { instead: 'later' }
    })
  }
  return tries
}

async function lateWithClosedRefunds(simulation: Simulation): Promise<string> {
  const out_trade_no = orderOf(
    await simulation.call(1, 'unifiedorder', { goods_id: 'cake', key: simulation.key() }),
  )._id
  const { appid, mch_id } = simulation.settings
  const fields = { appid, mch_id, out_trade_no, trade_state: 'CLOSED' }
  const closed = at('wechatPay.orderquery', 'after', () => ({ instead: { kind: 'ok', fields } }))
  await simulation.call(1, 'orderquery', { out_trade_no }, closed)
  simulation.pay(out_trade_no)
  simulation.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  await simulation.notify(simulation.paymentNotification(out_trade_no)!)
  await simulation.call(1, 'orderquery', { out_trade_no })
  return out_trade_no
}

test('the shop’s own refund is not counted among the merchant’s', async () => {
  const { simulation, ask } = await opened(refunding)
  simulation.clock.advance(MINUTE)
  const done = await ask('queryrefund')
  expect(done.status).toBe(4)
  expect(done.merchant_refunds).toBeUndefined()
})
