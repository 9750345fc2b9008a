import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCloudBase } from '../../../simulator/cloudbase'
import { ann, bob, cloudBaseOptions, shop, useCloudBase } from './support'

const leaves = shop({ file: path.join(__dirname, 'functions', 'leaves.cjs') })
/** Longer than anything that the functions here leave behind would take. */
const LONG = 300

const { running, log } = useCloudBase({
  functions: { leaves, warmed: leaves, shop: shop() },
  permissions: { visits: { aclTag: 'ADMINONLY' } },
})
const call = (name: string, event: object, openid = ann) =>
  running.cloudbase.functions.invoke(name, event, { openid, source: 'wx_client' })
const printed = () => log.map(({ text }) => text).filter((text) => text !== 'after loading')
beforeEach(() => void log.splice(0))

describe('what a function leaves behind when it replies', () => {
  const waiting: ServerResponse[] = []
  const server = createServer((_request, response) => void waiting.push(response))
  let url: string
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test('stands still until the next call, and goes on with it', async () => {
    expect(await call('leaves', { leave: ['request', 'timer', 'promise'], url })).toBe('replied')
    while (waiting.length === 0) await sleep(5)
    waiting.pop()!.end()
    await sleep(LONG)
    expect(printed()).toEqual([])
    await call('leaves', { wait: LONG })
    expect(printed().sort()).toEqual(['promise', 'response 200', 'timer'])
  })

  test('stands still after a failure too', async () => {
    await expect(call('leaves', { leave: ['timer'], fail: 'boom' })).rejects.toThrow('boom')
    await sleep(LONG)
    expect(printed()).not.toContain('timer')
    await call('leaves', { wait: LONG })
    expect(printed()).toContain('timer')
  })

  test('stands still again when the next call has replied', async () => {
    await call('leaves', { leave: ['timer'] })
    await call('leaves', {})
    await call('leaves', { leave: ['timer'] })
    log.splice(0)
    await sleep(LONG)
    expect(printed()).toEqual([])
  })

  test('fails the next call when it throws', async () => {
    await call('leaves', { leave: ['crash'] })
    await sleep(LONG)
    await expect(call('leaves', { wait: LONG })).rejects.toThrow('left behind')
    expect(await call('leaves', {})).toBe('replied')
  })

  test('sees the shopper of the next call, and writes during it', async () => {
    const { database } = running.cloudbase
    await call('shop', { do: 'leave', collection: 'visits' }, ann)
    await sleep(LONG)
    expect(database.find('visits', { query: {} })).toEqual([])
    await call('shop', { do: 'whoAmI', pause: 2 * LONG }, bob)
    expect(database.find('visits', { query: {} })).toMatchObject([{ openid: bob }])
  })

  test('does not hold up the reply, nor lose what was printed before it', async () => {
    await call('leaves', {})
    const start = performance.now()
    await call('leaves', { leave: ['print', 'timer'], text: 'before the reply' })
    expect(performance.now() - start).toBeLessThan(LONG)
    expect(printed()).toEqual(['before the reply'])
  })
})

test('an instance that was warmed runs until its first call', async () => {
  await running.cloudbase.functions.warm('warmed')
  await sleep(LONG)
  expect(log.map(({ text }) => text)).toEqual(['after loading'])
})

test('CloudBase closes at once though instances are frozen', async () => {
  const cloudbase = await startCloudBase({ ...cloudBaseOptions(), functions: { leaves } })
  const calls = [1, 2, 3].map(() =>
    cloudbase.functions.invoke('leaves', { leave: ['timer'], wait: 50 }, {}),
  )
  await Promise.all(calls)
  const closed = cloudbase.close().then(() => 'closed')
  expect(await Promise.race([closed, sleep(5000, 'hangs', { ref: false })])).toBe('closed')
})
