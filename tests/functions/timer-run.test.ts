import { reconcile, SLOTS, type Stopwatch } from '../../cloudfunctions/pay-reconcile/src/reconcile'
import { at } from '../safety/support/hooks'
import { Invocation, type Hook } from '../safety/support/invocation'
import { refused } from '../safety/support/memory-gateway'
import { DAY, HOUR, MINUTE, Simulation } from '../safety/support/simulation'
import { ordered, refundWanted } from '../safety/support/story'

/* One run of the timer over many due orders, on the ports in memory. */

const WORKING_TIME = 35_000
const stillness: Stopwatch = { elapsed: () => 0, pause: async () => {} }

const crowded = () => new Simulation({ terms: { max_unpaid: 10_000 } })

/** So many unpaid orders of one shopper. @returns their numbers, the oldest first */
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

const run = (simulation: Simulation, hook?: Hook, stopwatch = stillness) =>
  reconcile(simulation.shopPorts(new Invocation('the run', hook)), WORKING_TIME, stopwatch)

/** The port gives way, so that what can run beside it does, and then goes on. */
const turn = () => new Promise<'go'>((resolve) => setImmediate(resolve, 'go'))

/** Writes straight into the rows, as a person may in the console. */
function edit(
  simulation: Simulation,
  numbers: readonly string[],
  fields: Record<string, unknown>,
): void {
  for (const _id of numbers) {
    simulation.database.update('orders', { _id }, { $set: fields }, { multi: false })
  }
}

test('250 due orders are done in one run', async () => {
  const simulation = crowded()
  await orders(simulation, 1, 250)
  simulation.clock.advance(31 * MINUTE)
  expect(await run(simulation)).toMatchObject({ done: 250, failed: 0, notLeased: [] })
  expect(simulation.orders().every(({ status }) => status === 2)).toBe(true)
})

test('orders that are due at one moment are all done', async () => {
  const simulation = crowded()
  const numbers = await orders(simulation, 1, 230)
  simulation.clock.advance(31 * MINUTE)
  edit(simulation, numbers, { next_check_at: simulation.clock.now() - 1 })
  expect(await run(simulation)).toMatchObject({ done: 230 })
})

test('at most so many orders are processed at a time, and as many as that', async () => {
  const simulation = crowded()
  await orders(simulation, 1, 100)
  simulation.clock.advance(31 * MINUTE)
  let [open, most] = [0, 0]
  const hook: Hook = async ({ name }, when) => {
    if (!name.startsWith('wechatPay.')) return 'go'
    open += when === 'before' ? 1 : -1
    most = Math.max(most, open)
    return turn()
  }
  await run(simulation, hook)
  expect(most).toBe(SLOTS)
})

test('no order begins after the working time, and what has begun is finished', async () => {
  const simulation = crowded()
  await orders(simulation, 1, 100)
  simulation.clock.advance(31 * MINUTE)
  let leases = 0
  const elapsed = () => (leases < 30 ? 0 : WORKING_TIME)
  const hook: Hook = async ({ name }, when) => {
    if (name === 'orders.compareAndSet' && when === 'before') leases++
    return turn()
  }
  const { done } = await run(simulation, hook, { elapsed, pause: async () => {} })
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(60)
  const closed = simulation.orders().filter(({ status }) => status === 2)
  const untouched = simulation.orders().filter(({ moved_by }) => moved_by.endsWith(' prepay'))
  expect(closed).toHaveLength(done)
  expect(closed.length + untouched.length).toBe(100)
})

test('a change of the system’s clock does not end the run', async () => {
  const simulation = crowded()
  await orders(simulation, 1, 30)
  simulation.clock.advance(31 * MINUTE)
  const jump = at('wechatPay.orderquery', 'before', async () => simulation.clock.advance(HOUR))
  expect(await run(simulation, jump)).toMatchObject({ done: 30 })
})

test('150 orders that cannot be leased, the oldest due, are in nobody’s way', async () => {
  const simulation = crowded()
  const stuck = await orders(simulation, 1, 150)
  const [good] = await orders(simulation, 2, 1)
  simulation.clock.advance(31 * MINUTE)
  const names = new Set(stuck)
  // their writes are never made
  const ports = simulation.shopPorts(new Invocation('the run'))
  const { compareAndSet } = ports.orders
  const held = {
    ...ports.orders,
    compareAndSet: (order: Parameters<typeof compareAndSet>[0], changes: object) =>
      names.has(order._id) ? Promise.resolve(false) : compareAndSet(order, changes),
  }
  const result = await reconcile({ ...ports, orders: held }, WORKING_TIME, stillness)
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
])('a row whose %s was set to %j is not touched, and named in the reasons', async (name, value) => {
  const simulation = crowded()
  const [odd, good] = await orders(simulation, 1, 2)
  simulation.clock.advance(31 * MINUTE)
  edit(simulation, [odd!], { [name]: value })
  const before = simulation.order(odd!)
  const result = await run(simulation)
  expect(result).toMatchObject({ done: 1, reasons: { [`UNKNOWN MALFORMED_${name}`]: 1 } })
  expect(result.notLeased).toEqual([odd])
  expect(simulation.order(odd!)).toEqual(before)
  expect(simulation.order(good!)).toMatchObject({ status: 2 })
})

test('a shopper with 300 due orders does not delay another’s', async () => {
  const simulation = crowded()
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

test('a refund in flight does not wait behind 300 orders that are to be closed', async () => {
  const simulation = crowded()
  const refund = await refundWanted(simulation)
  await orders(simulation, 2, 300)
  simulation.clock.advance(31 * MINUTE)
  await run(simulation)
  const leased = simulation.writes.flatMap(({ after }) =>
    after?.moved_by === 'the run lease' ? after._id : [],
  )
  expect(leased.indexOf(refund)).toBeLessThan(SLOTS)
})

test('FREQUENCY_LIMITED halves the slots, and lets the run rest', async () => {
  const simulation = crowded()
  await orders(simulation, 1, 100)
  simulation.clock.advance(31 * MINUTE)
  let [time, open, most, answers, limited] = [0, 0, 0, 0, false]
  const rests: number[] = []
  const stopwatch: Stopwatch = {
    elapsed: () => time,
    pause: async (ms) => {
      rests.push(ms)
      await turn()
      time = 1000
    },
  }
  const hook: Hook = async ({ name }, when) => {
    if (!name.startsWith('wechatPay.')) return 'go'
    open += when === 'before' ? 1 : -1
    if (when === 'after') answers++
    // three answers an order: what was under way at first is finished by then
    if (answers > 3 * SLOTS) most = Math.max(most, open)
    if (limited || when === 'before') return turn()
    limited = true
    return { instead: { kind: 'unknown', why: 'FREQUENCY_LIMITED' } }
  }
  const result = await run(simulation, hook, stopwatch)
  expect(result).toMatchObject({ done: 99, failed: 1, reasons: { FREQUENCY_LIMITED: 1 } })
  expect(rests[0]).toBe(1000)
  expect(most).toBe(SLOTS / 2)
})

describe('what cannot be finished', () => {
  test('is failed, with the reason, and no answer that could be used is said', async () => {
    const simulation = crowded()
    await orders(simulation, 1, 3)
    simulation.clock.advance(31 * MINUTE)
    const silent: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before' ? 'fault' : 'go'
    const result = await run(simulation, silent)
    expect(result).toMatchObject({ done: 0, failed: 3, reasons: { TIMEOUT: 3 }, isCutOff: true })
  })

  test('a wrong key is no answer that could be used', async () => {
    const simulation = crowded()
    await orders(simulation, 1, 2)
    simulation.clock.advance(31 * MINUTE)
    const wrongKey: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before'
        ? { instead: refused('FAIL', '签名错误') }
        : 'go'
    expect(await run(simulation, wrongKey)).toMatchObject({
      done: 0,
      reasons: { FAIL: 2 },
      isCutOff: true,
    })
  })

  test('one answer of many is enough', async () => {
    const simulation = crowded()
    await orders(simulation, 1, 3)
    simulation.clock.advance(31 * MINUTE)
    const once = at('wechatPay.orderquery', 'before', () => 'fault')
    expect(await run(simulation, once)).toMatchObject({ done: 2, failed: 1, isCutOff: false })
  })

  test('a refund that WeChat does not accept for a day is an anomaly', async () => {
    const simulation = new Simulation()
    const out_trade_no = await refundWanted(simulation)
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

test('a kind of work whose orders cannot be read does not stop the others', async () => {
  const simulation = crowded()
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
