import { reconcile, SLOTS, type Stopwatch } from '../../cloudfunctions/pay-reconcile/src/reconcile'
import { at } from '../safety/faults/port-faults'
import { Invocation, type Hook } from '../safety/simulation/invocation'
import { refused } from '../safety/simulation/memory-gateway'
import { DAY, HOUR, MINUTE, Simulation } from '../safety/simulation/simulation'
import { ordered, refundRequested } from '../safety/workload/sample-orders'

/* One run of the timer over many due orders, with ports in memory. */

const WORKING_TIME = 35_000
const stoppedStopwatch: Stopwatch = { elapsed: () => 0, pause: async () => {} }

const simulationWithManyOrders = () => new Simulation({ settings: { max_unpaid: 10_000 } })

/** Creates unpaid orders of one shopper. @returns their numbers, the oldest first */
async function orders(simulation: Simulation, shopper: number, count: number): Promise<string[]> {
  const numbers = []
  for (let n = 0; n < count; n++) {
    const reply = await simulation.call(shopper, 'unifiedorder', {
      goods_id: 'cake',
      key: simulation.key(),
    })
    if (typeof reply === 'symbol' || reply.code !== 0) throw new Error(JSON.stringify(reply))
    numbers.push(reply.data._id)
    simulation.clock.advance(1)
  }
  return numbers
}

const run = (simulation: Simulation, hook?: Hook, stopwatch = stoppedStopwatch) =>
  reconcile(simulation.shopPorts(new Invocation('the run', hook)), WORKING_TIME, stopwatch)

/** Lets concurrent work run, then goes on. */
const yieldTurn = () => new Promise<'go'>((resolve) => setImmediate(resolve, 'go'))

/** Edits rows directly, as a person may in the console. */
function edit(
  simulation: Simulation,
  numbers: readonly string[],
  fields: Record<string, unknown>,
): void {
  for (const _id of numbers) {
    simulation.database.update('orders', { _id }, { $set: fields }, { multi: false })
  }
}

test('250 due orders are processed in one run', async () => {
  const simulation = simulationWithManyOrders()
  await orders(simulation, 1, 250)
  simulation.clock.advance(31 * MINUTE)
  expect(await run(simulation)).toMatchObject({ done: 250, failed: 0, notLeased: [] })
  expect(simulation.orders().every(({ status }) => status === 2)).toBe(true)
})

test('orders that are due at the same time are all processed', async () => {
  const simulation = simulationWithManyOrders()
  const numbers = await orders(simulation, 1, 230)
  simulation.clock.advance(31 * MINUTE)
  edit(simulation, numbers, { next_check_at: simulation.clock.now() - 1 })
  expect(await run(simulation)).toMatchObject({ done: 230 })
})

test('as many orders are processed at a time as there are slots, and no more', async () => {
  const simulation = simulationWithManyOrders()
  await orders(simulation, 1, 100)
  simulation.clock.advance(31 * MINUTE)
  let [open, most] = [0, 0]
  const hook: Hook = async ({ name }, when) => {
    if (!name.startsWith('wechatPay.')) return 'go'
    open += when === 'before' ? 1 : -1
    most = Math.max(most, open)
    return yieldTurn()
  }
  await run(simulation, hook)
  expect(most).toBe(SLOTS)
})

test('no order is started after the working time, and started ones are completed', async () => {
  const simulation = simulationWithManyOrders()
  await orders(simulation, 1, 100)
  simulation.clock.advance(31 * MINUTE)
  let leases = 0
  const elapsed = () => (leases < 30 ? 0 : WORKING_TIME)
  const hook: Hook = async ({ name }, when) => {
    if (name === 'orders.compareAndSet' && when === 'before') leases++
    return yieldTurn()
  }
  const { done } = await run(simulation, hook, { elapsed, pause: async () => {} })
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(60)
  const closed = simulation.orders().filter(({ status }) => status === 2)
  const untouched = simulation.orders().filter(({ moved_by }) => moved_by.endsWith(' prepay'))
  expect(closed).toHaveLength(done)
  expect(closed.length + untouched.length).toBe(100)
})

test('a change of the system clock does not end the run', async () => {
  const simulation = simulationWithManyOrders()
  await orders(simulation, 1, 30)
  simulation.clock.advance(31 * MINUTE)
  const jump = at('wechatPay.orderquery', 'before', async () => simulation.clock.advance(HOUR))
  expect(await run(simulation, jump)).toMatchObject({ done: 30 })
})

test('150 orders that cannot be leased do not block an order that is due later', async () => {
  const simulation = simulationWithManyOrders()
  const stuck = await orders(simulation, 1, 150)
  const [good] = await orders(simulation, 2, 1)
  simulation.clock.advance(31 * MINUTE)
  const names = new Set(stuck)
  // Their writes always fail
  const ports = simulation.shopPorts(new Invocation('the run'))
  const { compareAndSet } = ports.orders
  const failing = {
    ...ports.orders,
    compareAndSet: (order: Parameters<typeof compareAndSet>[0], changes: object) =>
      names.has(order._id) ? Promise.resolve(false) : compareAndSet(order, changes),
  }
  const result = await reconcile({ ...ports, orders: failing }, WORKING_TIME, stoppedStopwatch)
  expect(result).toMatchObject({ done: 1, failed: 150, reasons: { UNKNOWN: 150 } })
  expect(new Set(result.notLeased)).toEqual(names)
  expect(simulation.order(good!)).toMatchObject({ status: 2 })
})

test.each([
  ['rev', '3'],
  ['total_fee', '2550'],
  ['expires_at', 'soon'],
  ['refund', { state: 'ASKED' }],
  ['request', null],
  ['anomaly', 'look'],
])(
  'a row whose %s was set to %j is not changed, and the reasons name the field',
  async (name, value) => {
    const simulation = simulationWithManyOrders()
    const [odd, good] = await orders(simulation, 1, 2)
    simulation.clock.advance(31 * MINUTE)
    edit(simulation, [odd!], { [name]: value })
    const before = simulation.order(odd!)
    const result = await run(simulation)
    expect(result).toMatchObject({ done: 1, reasons: { [`UNKNOWN MALFORMED_${name}`]: 1 } })
    expect(result.notLeased).toEqual([odd])
    expect(simulation.order(odd!)).toEqual(before)
    expect(simulation.order(good!)).toMatchObject({ status: 2 })
  },
)

test('a shopper with 300 due orders does not delay another’s', async () => {
  const simulation = simulationWithManyOrders()
  await orders(simulation, 1, 300)
  const [late] = await orders(simulation, 2, 1)
  simulation.clock.advance(31 * MINUTE)
  const leased: string[] = []
  await run(simulation)
  for (const { after } of simulation.writes) {
    if (after?.moved_by === 'the run lease') leased.push(after._id)
  }
  expect(leased).toHaveLength(301)
  expect(leased.indexOf(late!)).toBeLessThan(60)
})

test('a refund in flight does not wait for 300 orders that are to be closed', async () => {
  const simulation = simulationWithManyOrders()
  const refund = await refundRequested(simulation)
  await orders(simulation, 2, 300)
  simulation.clock.advance(31 * MINUTE)
  await run(simulation)
  const leased = simulation.writes.flatMap(({ after }) =>
    after?.moved_by === 'the run lease' ? after._id : [],
  )
  expect(leased.indexOf(refund)).toBeLessThan(SLOTS)
})

test('FREQUENCY_LIMITED halves the slots and pauses the run', async () => {
  const simulation = simulationWithManyOrders()
  await orders(simulation, 1, 100)
  simulation.clock.advance(31 * MINUTE)
  let [time, open, most, replies, limited] = [0, 0, 0, 0, false]
  const pauses: number[] = []
  const stopwatch: Stopwatch = {
    elapsed: () => time,
    pause: async (ms) => {
      pauses.push(ms)
      await yieldTurn()
      time = 1000
    },
  }
  const hook: Hook = async ({ name }, when) => {
    if (!name.startsWith('wechatPay.')) return 'go'
    open += when === 'before' ? 1 : -1
    if (when === 'after') replies++
    // An order takes three replies: the orders in progress at the limit are completed by then
    if (replies > 3 * SLOTS) most = Math.max(most, open)
    if (limited || when === 'before') return yieldTurn()
    limited = true
    return { instead: { kind: 'unknown', why: 'FREQUENCY_LIMITED' } }
  }
  const result = await run(simulation, hook, stopwatch)
  expect(result).toMatchObject({ done: 99, failed: 1, reasons: { FREQUENCY_LIMITED: 1 } })
  expect(pauses[0]).toBe(1000)
  expect(most).toBe(SLOTS / 2)
})

describe('an order that cannot be completed', () => {
  test('counts as failed, with the reason; the run reports that no reply was usable', async () => {
    const simulation = simulationWithManyOrders()
    await orders(simulation, 1, 3)
    simulation.clock.advance(31 * MINUTE)
    const silent: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before' ? 'fault' : 'go'
    const result = await run(simulation, silent)
    expect(result).toMatchObject({
      done: 0,
      failed: 3,
      reasons: { TIMEOUT: 3 },
      noUsableReply: true,
    })
  })

  test('because of a wrong key counts as failed, and no reply was usable', async () => {
    const simulation = simulationWithManyOrders()
    await orders(simulation, 1, 2)
    simulation.clock.advance(31 * MINUTE)
    const wrongKey: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before'
        ? { instead: refused('FAIL', '签名错误') }
        : 'go'
    expect(await run(simulation, wrongKey)).toMatchObject({
      done: 0,
      reasons: { FAIL: 2 },
      noUsableReply: true,
    })
  })

  test('does not make the other replies unusable', async () => {
    const simulation = simulationWithManyOrders()
    await orders(simulation, 1, 3)
    simulation.clock.advance(31 * MINUTE)
    const once = at('wechatPay.orderquery', 'before', () => 'fault')
    expect(await run(simulation, once)).toMatchObject({ done: 2, failed: 1, noUsableReply: false })
  })

  test('gets an anomaly if WeChat has not accepted its refund for a day', async () => {
    const simulation = new Simulation()
    const out_trade_no = await refundRequested(simulation)
    simulation.clock.advance(DAY)
    const silent: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before' ? 'fault' : 'go'
    await run(simulation, silent)
    expect(simulation.order(out_trade_no)).toMatchObject({
      status: 3,
      anomaly: [{ kind: 'refundNotAccepted' }],
    })
    simulation.clock.advance(DAY)
    await run(simulation)
    expect(simulation.order(out_trade_no)?.anomaly).toEqual([
      {
        kind: 'refundNotAccepted',
        at: expect.any(Number),
        what: expect.any(String),
      },
    ])
    simulation.clock.advance(3 * DAY)
    await run(simulation)
    expect(simulation.order(out_trade_no)).toMatchObject({ status: 4 })
    expect(simulation.order(out_trade_no)?.anomaly).toBeUndefined()
  })
})

test('a kind of work whose orders cannot be read does not stop the other kinds', async () => {
  const simulation = simulationWithManyOrders()
  await ordered(simulation)
  simulation.clock.advance(31 * MINUTE)
  let reads = 0
  const hook: Hook = ({ name }, when) =>
    name === 'orders.due' && when === 'before' && ++reads === 2 ? 'fault' : 'go'
  expect(await run(simulation, hook)).toMatchObject({
    done: 1,
    failed: 0,
    reasons: { 'refund: UNKNOWN -501001': 1 },
  })
})
