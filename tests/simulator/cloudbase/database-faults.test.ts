import { sdkOf, useCloudBase } from './support'

const { running } = useCloudBase({
  permissions: { orders: { aclTag: 'ADMINONLY' }, goods: { aclTag: 'ADMINONLY' } },
})
let cloud: any
let orders: any
let count = 0

beforeAll(async () => {
  cloud = await sdkOf(running.cloudbase)
  orders = cloud.database().collection('orders')
})
beforeEach(() => void running.cloudbase.database.remove('orders', {}, { multi: true }))
afterEach(() => faults().clear())

const faults = () => running.cloudbase.faults
const newId = () => `order-${++count}`
const stored = (id: string) => running.cloudbase.database.get('orders', id)
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Adds an order, and returns its id and the compare-and-set that the tests below try. */
async function addOrder() {
  const _id = newId()
  await orders.add({ data: { _id, rev: 0 } })
  const change = () => orders.where({ _id, rev: 0 }).update({ data: { rev: 1 } })
  return { _id, change }
}

async function msOf(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await task()
  return performance.now() - start
}

describe('an injected delay', () => {
  test('comes before the effect', async () => {
    const { _id, change } = await addOrder()
    faults().inject('database.modifyDocument', { kind: 'delay', ms: 300 })
    const changed = change()
    await sleep(150)
    expect(stored(_id)).toMatchObject({ rev: 0 })
    expect((await changed).stats.updated).toBe(1)
    expect(stored(_id)).toMatchObject({ rev: 1 })
  })

  test('does not cancel the effect when the caller stops waiting', async () => {
    const { _id } = await addOrder()
    faults().inject('database.modifyDocument', { kind: 'delay', ms: 300 })
    const body = {
      action: 'database.modifyDocument',
      collectionName: 'orders',
      query: JSON.stringify({ _id }),
      data: '{"$set":{"rev":1}}',
      merge: true,
      sessionToken: process.env.TENCENTCLOUD_SESSIONTOKEN,
    }
    const request = { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(100) }
    await expect(fetch(running.cloudbase.url, request)).rejects.toThrow(/abort/)
    expect(stored(_id)).toMatchObject({ rev: 0 })
    await sleep(400)
    expect(stored(_id)).toMatchObject({ rev: 1 })
  })
})

describe('a connection that breaks', () => {
  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the effect is errCode -501001', async (when, rev) => {
    const { _id, change } = await addOrder()
    faults().inject('database.modifyDocument', { kind: 'reset', when })
    const ms = await msOf(() => expect(change()).rejects.toMatchObject({ errCode: -501001 }))
    // Far less than the SDK's own time limit of 15 s
    expect(ms).toBeLessThan(5000)
    expect(stored(_id)).toMatchObject({ rev })
  })
})

describe('silence', () => {
  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the effect ends with the SDK’s time limit', async (when, rev) => {
    const { _id } = await addOrder()
    const impatient = require('wx-server-sdk').createNewInstance({
      env: cloud.DYNAMIC_CURRENT_ENV,
      timeout: 300,
    })
    faults().inject('database.modifyDocument', { kind: 'silence', when })
    const order = impatient.database().collection('orders').doc(_id)
    const change = () => order.update({ data: { rev: 1 } })
    const ms = await msOf(() => expect(change()).rejects.toMatchObject({ errCode: -501001 }))
    expect(ms).toBeGreaterThanOrEqual(290)
    expect(stored(_id)).toMatchObject({ rev })
  })
})

describe('an injected error code', () => {
  test.each([
    ['DATABASE_REQUEST_FAILED', -502001],
    ['DATABASE_PERMISSION_DENIED', -502003],
    ['SOMETHING_NEW', -501001],
  ])('%s reaches the function as errCode %i, without effect', async (code, errCode) => {
    const { _id, change } = await addOrder()
    faults().inject('database.modifyDocument', { kind: 'fail', code, message: 'not now' })
    await expect(change()).rejects.toMatchObject({
      errCode,
      errMsg: expect.stringContaining('not now'),
    })
    expect(stored(_id)).toMatchObject({ rev: 0 })
  })

  test('can come after the effect', async () => {
    const _id = newId()
    faults().inject('database.insertDocument', {
      kind: 'fail',
      code: 'DATABASE_REQUEST_FAILED',
      when: 'after',
    })
    await expect(orders.add({ data: { _id } })).rejects.toMatchObject({ errCode: -502001 })
    expect(stored(_id)).toEqual({ _id })
  })
})

describe('a fault', () => {
  const busy = { kind: 'fail', code: 'DATABASE_REQUEST_FAILED' } as const
  const outcomes = async (requests: (() => Promise<unknown>)[]) => {
    const settled = []
    for (const request of requests) {
      settled.push(
        await request().then(
          () => 'done',
          () => 'failed',
        ),
      )
    }
    return settled
  }
  const read = (name: string) => () => cloud.database().collection(name).get()
  const add = (name: string) => () => cloud.database().collection(name).add({ data: {} })

  test('hits only its own action', async () => {
    faults().inject('database.getDocument', busy)
    expect(await outcomes([add('orders'), read('orders')])).toEqual(['done', 'failed'])
  })

  test('hits as many requests as it says', async () => {
    faults().inject('database.getDocument', { ...busy, times: 2 })
    const three = [read('orders'), read('goods'), read('orders')]
    expect(await outcomes(three)).toEqual(['failed', 'failed', 'done'])
  })

  test('hits only its own collection', async () => {
    faults().inject('database.getDocument', { ...busy, collection: 'goods' })
    const three = [read('orders'), read('goods'), read('goods')]
    expect(await outcomes(three)).toEqual(['done', 'failed', 'done'])
  })

  test('hits no request after it is cleared', async () => {
    faults().inject('database.getDocument', busy)
    faults().clear()
    expect(await outcomes([read('orders')])).toEqual(['done'])
  })

  test.each([
    ['database.calculateDocument', () => orders.count()],
    ['database.removeDocument', () => orders.where({ _id: 'none' }).remove()],
    ['database.aggregateDocuments', () => orders.aggregate().limit(1).end()],
    ['database.addCollection', () => cloud.database().createCollection(`c${++count}`)],
    ['database.startTransaction', () => cloud.database().startTransaction()],
  ] as const)('can hit %s', async (action, act) => {
    faults().inject(action, busy)
    expect(await outcomes([act, act])).toEqual(['failed', 'done'])
  })
})

describe('latency', () => {
  test('is 0 by default', () => {
    expect(faults().latencyMs).toBe(0)
  })

  test('delays every action before its effect', async () => {
    const { _id, change } = await addOrder()
    faults().setLatency(200)
    const changed = change()
    await sleep(100)
    expect(stored(_id)).toMatchObject({ rev: 0 })
    await changed
    expect(stored(_id)).toMatchObject({ rev: 1 })
    expect(await msOf(() => orders.doc(_id).get())).toBeGreaterThanOrEqual(195)
  })

  test('delays actions concurrently', async () => {
    faults().setLatency(300)
    const ms = await msOf(() => Promise.all(Array.from({ length: 20 }, () => orders.count())))
    expect(ms).toBeGreaterThanOrEqual(295)
    expect(ms).toBeLessThan(20 * 300)
  })

  test('can be changed at any time, and is 0 after it is cleared', async () => {
    await orders.count()
    faults().setLatency(5000)
    faults().setLatency(0)
    expect(await msOf(() => orders.count())).toBeLessThan(2000)
    faults().setLatency(5000)
    faults().clear()
    expect(await msOf(() => orders.count())).toBeLessThan(2000)
  })

  test('lets only one of several compare-and-sets win', async () => {
    const { change } = await addOrder()
    faults().setLatency(50)
    const replies: any[] = await Promise.all([change(), change(), change()])
    const updated = replies.map(({ stats }) => stats.updated)
    expect(updated.sort((a, b) => a - b)).toEqual([0, 0, 1])
  })
})
