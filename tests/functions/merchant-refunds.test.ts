import { answerRequest } from '../../simulator/wechat-pay/endpoints'
import { at } from '../safety/support/hooks'
import { CRASHED, type Hook } from '../safety/support/invocation'
import { DAY, HOUR, MINUTE, Simulation } from '../safety/support/simulation'
import { charged, orderOf, paid, refunding, refundedByHand } from '../safety/support/story'

/* Refunds that the merchant makes by hand in WeChat's platform, on the ports in memory. */

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

/** Adds the endpoint of each request to WeChat to `calls`. */
const noting =
  (calls: string[]): Hook =>
  ({ name }, when) => {
    const [port, endpoint] = name.split('.')
    if (port === 'wechatPay' && when === 'before') calls.push(endpoint!)
    return 'go'
  }

test('a part is booked, and the shopper’s own refund asks for the rest', async () => {
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

test('a part that is in flight is booked as such', async () => {
  const { ask, byHand } = await opened()
  byHand(50)
  expect(await ask('orderquery')).toMatchObject({
    status: 1,
    merchant_refunds: { refunded: 0, in_flight: 50, count: 1 },
  })
})

test.each([2, 9, 10, 11, 20, 21, 50])(
  '%i parts that are the whole make it 已退款',
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

test('a closed refund of the shop’s first number is not taken for one that it asked for', async () => {
  const { simulation, out_trade_no, ask, byHand } = await opened()
  simulation.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  const fees = { total_fee: '2550', refund_fee: '2550' }
  answerRequest(simulation.ledger, 'refund', {
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

test('what WeChat says of a payment that the shop learns of by its refund is all that is written', async () => {
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

test('the timer finds a refund by hand within a day, without a notification', async () => {
  const { simulation, byHand, row } = await opened()
  byHand(2550)
  simulation.clock.advance(DAY)
  await simulation.reconcile()
  expect(row()).toMatchObject({ status: 4 })
})

test('a run that crashes after the lease does not lose the day’s query', async () => {
  const { simulation, byHand, row } = await opened()
  byHand(2550)
  simulation.clock.advance(DAY)
  await simulation.reconcile(at('orders.compareAndSet', 'after', () => 'crash'))
  expect(row()).toMatchObject({ status: 1, next_check_at: expect.any(Number) })
  simulation.clock.advance(HOUR)
  await simulation.reconcile()
  expect(row()).toMatchObject({ status: 4 })
})

test('when there is nothing to find, the day’s query is the last', async () => {
  const { simulation, row } = await opened()
  simulation.clock.advance(DAY)
  await simulation.reconcile()
  expect(row()).toMatchObject({ status: 1 })
  expect(row()).not.toHaveProperty('next_check_at')
})

test('what the merchant is refunding cannot be refunded as well', async () => {
  const { ask, refusal, byHand } = await opened()
  byHand(2550)
  await ask('orderquery')
  expect(await refusal('refund')).toBe('NOT_ALLOWED_NOW')
})

test('more than was paid is an anomaly, and nothing is booked', async () => {
  const { simulation, ask } = await opened()
  const { order, ...listed } = { order: await ask('orderquery'), refund_count: '1' }
  const fields = {
    appid: simulation.terms.appid,
    mch_id: simulation.terms.mch_id,
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

describe('asking again', () => {
  test('a hundred taps on a refused refund are one request', async () => {
    const { simulation, refusal } = await opened()
    simulation.ledger.set({ unsettledFunds: 0 })
    const calls: string[] = []
    const writes = simulation.writes.length
    for (let n = 0; n < 100; n++) {
      expect(await refusal('refund', noting(calls))).toBe('WECHAT_PAY_REFUSED')
    }
    expect(calls).toEqual(['refund', 'refundquery', 'refundquery'])
    expect(simulation.writes.length - writes).toBe(2)
  })

  test('a hundred cancellations of a young order ask WeChat once, and close nothing', async () => {
    const simulation = new Simulation()
    const reply = await simulation.call(1, 'unifiedorder', {
      goods_id: 'tea',
      key: simulation.key(),
    })
    const { out_trade_no } = orderOf(reply)
    const calls: string[] = []
    for (let n = 0; n < 100; n++) {
      await simulation.call(1, 'closeorder', { out_trade_no }, noting(calls))
    }
    expect(calls).toEqual(['orderquery'])
  })

  test('a late payment’s refund that WeChat keeps closing is asked for five times in a month', async () => {
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

  test('a message that WeChat refuses for now is sent five times in a month', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    await simulation.call(1, 'orderquery', { out_trade_no })
    expect(await triesOfMessages(simulation, 30 * 24, HOUR)).toBe(5)
    expect(simulation.order(out_trade_no)?.message).toMatchObject({ state: 'refused', tries: 5 })
  })

  test('a refund that is watched does not use up the tries of the message', async () => {
    const simulation = new Simulation()
    const out_trade_no = await charged(simulation)
    await simulation.call(1, 'orderquery', { out_trade_no })
    simulation.ledger.set({ unsettledFunds: 0 })
    await simulation.call(1, 'refund', { out_trade_no })
    expect(await triesOfMessages(simulation, 20, MINUTE)).toBe(2)
  })

  test('the message that an order is paid is not sent of one that is refunded', async () => {
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

/** The timer runs so often, every `ms`, and WeChat refuses each message for now. @returns how many */
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
  const { appid, mch_id } = simulation.terms
  const fields = { appid, mch_id, out_trade_no, trade_state: 'CLOSED' }
  const closed = at('wechatPay.orderquery', 'after', () => ({ instead: { kind: 'ok', fields } }))
  await simulation.call(1, 'orderquery', { out_trade_no }, closed)
  simulation.pay(out_trade_no)
  simulation.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  await simulation.notify(simulation.paymentNotification(out_trade_no)!)
  await simulation.call(1, 'orderquery', { out_trade_no })
  return out_trade_no
}

test('a refund in flight is the shop’s own, and no other', async () => {
  const { simulation, ask } = await opened(refunding)
  simulation.clock.advance(MINUTE)
  const done = await ask('queryrefund')
  expect(done.status).toBe(4)
  expect(done.merchant_refunds).toBeUndefined()
})
