import { reconcile, SLOTS, type Stopwatch } from '../../cloudfunctions/pay-reconcile/src/reconcile'
import { at } from '../safety/support/hooks'
import { Invocation, type Hook } from '../safety/support/invocation'
import { refused } from '../safety/support/memory-gateway'
import { ordered, refundWanted } from '../safety/support/story'
import { DAY, HOUR, MINUTE, World } from '../safety/support/world'

/* One run of the timer over many due orders, on the ports in memory. */

const WORKING_TIME = 35_000
const stillness: Stopwatch = { elapsed: () => 0, pause: async () => {} }

const crowded = () => new World({ terms: { max_unpaid: 10_000 } })

/** So many unpaid orders of one shopper. @returns their numbers, the oldest first */
async function orders(world: World, shopper: number, count: number): Promise<string[]> {
  const numbers = []
  for (let n = 0; n < count; n++) {
    const reply = await world.call(shopper, 'unifiedorder', { goods_id: 'cake', key: world.key() })
    if (typeof reply === 'symbol' || reply.code !== 0) throw new Error(JSON.stringify(reply))
    numbers.push(reply.data._id)
    world.clock.advance(1)
  }
  return numbers
}

const run = (world: World, hook?: Hook, stopwatch = stillness) =>
  reconcile(world.shopPorts(new Invocation('the run', hook)), WORKING_TIME, stopwatch)

/** The port gives way, so that what can run beside it does, and then goes on. */
const turn = () => new Promise<'go'>((resolve) => setImmediate(resolve, 'go'))

/** Writes straight into the rows, as a person may in the console. */
function edit(world: World, numbers: readonly string[], fields: Record<string, unknown>): void {
  for (const _id of numbers) {
    world.database.update('orders', { _id }, { $set: fields }, { multi: false })
  }
}

test('250 due orders are done in one run', async () => {
  const world = crowded()
  await orders(world, 1, 250)
  world.clock.advance(31 * MINUTE)
  expect(await run(world)).toMatchObject({ done: 250, failed: 0, notLeased: [] })
  expect(world.orders().every(({ status }) => status === 2)).toBe(true)
})

test('orders that are due at one moment are all done', async () => {
  const world = crowded()
  const numbers = await orders(world, 1, 230)
  world.clock.advance(31 * MINUTE)
  edit(world, numbers, { next_check_at: world.clock.now() - 1 })
  expect(await run(world)).toMatchObject({ done: 230 })
})

test('at most so many orders are processed at a time, and as many as that', async () => {
  const world = crowded()
  await orders(world, 1, 100)
  world.clock.advance(31 * MINUTE)
  let [open, most] = [0, 0]
  const hook: Hook = async ({ name }, when) => {
    if (!name.startsWith('wechatPay.')) return 'go'
    open += when === 'before' ? 1 : -1
    most = Math.max(most, open)
    return turn()
  }
  await run(world, hook)
  expect(most).toBe(SLOTS)
})

test('no order begins after the working time, and what has begun is finished', async () => {
  const world = crowded()
  await orders(world, 1, 100)
  world.clock.advance(31 * MINUTE)
  let leases = 0
  const elapsed = () => (leases < 30 ? 0 : WORKING_TIME)
  const hook: Hook = async ({ name }, when) => {
    if (name === 'orders.compareAndSet' && when === 'before') leases++
    return turn()
  }
  const { done } = await run(world, hook, { elapsed, pause: async () => {} })
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(60)
  const closed = world.orders().filter(({ status }) => status === 2)
  const untouched = world.orders().filter(({ moved_by }) => moved_by.endsWith(' prepay'))
  expect(closed).toHaveLength(done)
  expect(closed.length + untouched.length).toBe(100)
})

test('a change of the system’s clock does not end the run', async () => {
  const world = crowded()
  await orders(world, 1, 30)
  world.clock.advance(31 * MINUTE)
  const jump = at('wechatPay.orderquery', 'before', async () => world.clock.advance(HOUR))
  expect(await run(world, jump)).toMatchObject({ done: 30 })
})

test('150 orders that cannot be leased, the oldest due, are in nobody’s way', async () => {
  const world = crowded()
  const stuck = await orders(world, 1, 150)
  const [good] = await orders(world, 2, 1)
  world.clock.advance(31 * MINUTE)
  const names = new Set(stuck)
  // their writes are never made
  const ports = world.shopPorts(new Invocation('the run'))
  const { compareAndSet } = ports.orders
  const held = {
    ...ports.orders,
    compareAndSet: (order: Parameters<typeof compareAndSet>[0], changes: object) =>
      names.has(order._id) ? Promise.resolve(false) : compareAndSet(order, changes),
  }
  const result = await reconcile({ ...ports, orders: held }, WORKING_TIME, stillness)
  expect(result).toMatchObject({ done: 1, failed: 150, reasons: { UNKNOWN: 150 } })
  expect(new Set(result.notLeased)).toEqual(names)
  expect(world.order(good!)).toMatchObject({ status: 2 })
})

test.each([
  ['rev', '3'],
  ['total_fee', '2550'],
  ['expires_at', 'soon'],
  ['refund', { state: 'ASKED' }],
  ['request', null],
  ['anomaly', 'look'],
])('a row whose %s was set to %j is not touched, and named in the reasons', async (name, value) => {
  const world = crowded()
  const [odd, good] = await orders(world, 1, 2)
  world.clock.advance(31 * MINUTE)
  edit(world, [odd!], { [name]: value })
  const before = world.order(odd!)
  const result = await run(world)
  expect(result).toMatchObject({ done: 1, reasons: { [`UNKNOWN MALFORMED_${name}`]: 1 } })
  expect(result.notLeased).toEqual([odd])
  expect(world.order(odd!)).toEqual(before)
  expect(world.order(good!)).toMatchObject({ status: 2 })
})

test('a shopper with 300 due orders does not delay another’s', async () => {
  const world = crowded()
  await orders(world, 1, 300)
  const [late] = await orders(world, 2, 1)
  world.clock.advance(31 * MINUTE)
  const leased: string[] = []
  await run(world)
  for (const { after } of world.writes) {
    if (after?.moved_by === 'the run lease') leased.push(after._id)
  }
  expect(leased).toHaveLength(301)
  expect(leased.indexOf(late!)).toBeLessThan(60)
})

test('a refund in flight does not wait behind 300 orders that are to be closed', async () => {
  const world = crowded()
  const refund = await refundWanted(world)
  await orders(world, 2, 300)
  world.clock.advance(31 * MINUTE)
  await run(world)
  const leased = world.writes.flatMap(({ after }) =>
    after?.moved_by === 'the run lease' ? after._id : [],
  )
  expect(leased.indexOf(refund)).toBeLessThan(SLOTS)
})

test('FREQUENCY_LIMITED halves the slots, and lets the run rest', async () => {
  const world = crowded()
  await orders(world, 1, 100)
  world.clock.advance(31 * MINUTE)
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
  const result = await run(world, hook, stopwatch)
  expect(result).toMatchObject({ done: 99, failed: 1, reasons: { FREQUENCY_LIMITED: 1 } })
  expect(rests[0]).toBe(1000)
  expect(most).toBe(SLOTS / 2)
})

describe('what cannot be finished', () => {
  test('is failed, with the reason, and no answer that could be used is said', async () => {
    const world = crowded()
    await orders(world, 1, 3)
    world.clock.advance(31 * MINUTE)
    const silent: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before' ? 'fault' : 'go'
    const result = await run(world, silent)
    expect(result).toMatchObject({ done: 0, failed: 3, reasons: { TIMEOUT: 3 }, isCutOff: true })
  })

  test('a wrong key is no answer that could be used', async () => {
    const world = crowded()
    await orders(world, 1, 2)
    world.clock.advance(31 * MINUTE)
    const wrongKey: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before'
        ? { instead: refused('FAIL', '签名错误') }
        : 'go'
    expect(await run(world, wrongKey)).toMatchObject({
      done: 0,
      reasons: { FAIL: 2 },
      isCutOff: true,
    })
  })

  test('one answer of many is enough', async () => {
    const world = crowded()
    await orders(world, 1, 3)
    world.clock.advance(31 * MINUTE)
    const once = at('wechatPay.orderquery', 'before', () => 'fault')
    expect(await run(world, once)).toMatchObject({ done: 2, failed: 1, isCutOff: false })
  })

  test('a refund that WeChat does not accept for a day is an anomaly', async () => {
    const world = new World()
    const out_trade_no = await refundWanted(world)
    world.clock.advance(DAY)
    const silent: Hook = ({ name }, when) =>
      name.startsWith('wechatPay.') && when === 'before' ? 'fault' : 'go'
    await run(world, silent)
    expect(world.order(out_trade_no)).toMatchObject({
      status: 3,
      anomaly: [{ kind: 'refundNotAccepted' }],
    })
    world.clock.advance(DAY)
    await run(world)
    expect(world.order(out_trade_no)?.anomaly).toEqual([
      {
        kind: 'refundNotAccepted',
        at: expect.any(Number),
        what: expect.any(String),
      },
    ])
    world.clock.advance(3 * DAY)
    await run(world)
    expect(world.order(out_trade_no)).toMatchObject({ status: 4 })
    expect(world.order(out_trade_no)?.anomaly).toBeUndefined()
  })
})

test('a kind of work whose orders cannot be read does not stop the others', async () => {
  const world = crowded()
  await ordered(world)
  world.clock.advance(31 * MINUTE)
  let reads = 0
  const hook: Hook = ({ name }, when) =>
    name === 'orders.due' && when === 'before' && ++reads === 2 ? 'fault' : 'go'
  expect(await run(world, hook)).toMatchObject({
    done: 1,
    failed: 0,
    reasons: { 'refund: UNKNOWN -501001': 1 },
  })
})
