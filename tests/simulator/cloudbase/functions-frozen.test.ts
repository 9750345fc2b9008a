import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCloudBase } from '../../../simulator/cloudbase'
import { ANN, BOB, cloudBaseOptions, functionConfig, useCloudBase } from './support'

const leaves = functionConfig({ file: path.join(__dirname, 'functions', 'leaves.cjs') })
/** Longer than any unfinished work of the functions in this file. */
const LONG_MS = 300

const { running, log } = useCloudBase({
  functions: { leaves, warmed: leaves, shop: functionConfig() },
  permissions: { visits: { aclTag: 'ADMINONLY' } },
})
const call = (name: string, event: object, openid = ANN) =>
  running.cloudbase.functions.invoke(name, event, { openid, source: 'wx_client' })
const printed = () => log.map(({ text }) => text).filter((text) => text !== 'after loading')
beforeEach(() => void log.splice(0))

describe('unfinished work of a function that has replied', () => {
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

  test('is frozen until the next call, and continues with it', async () => {
    expect(await call('leaves', { leave: ['request', 'timer', 'promise'], url })).toBe('replied')
    while (waiting.length === 0) await sleep(5)
    waiting.pop()!.end()
    await sleep(LONG_MS)
    expect(printed()).toEqual([])
    await call('leaves', { wait: LONG_MS })
    expect(printed().sort()).toEqual(['promise', 'response 200', 'timer'])
  })

  test('is frozen after a failure too', async () => {
    await expect(call('leaves', { leave: ['timer'], fail: 'boom' })).rejects.toThrow('boom')
    await sleep(LONG_MS)
    expect(printed()).not.toContain('timer')
    await call('leaves', { wait: LONG_MS })
    expect(printed()).toContain('timer')
  })

  test('is frozen again when the next call has replied', async () => {
    await call('leaves', { leave: ['timer'] })
    await call('leaves', {})
    await call('leaves', { leave: ['timer'] })
    log.splice(0)
    await sleep(LONG_MS)
    expect(printed()).toEqual([])
  })

  test('fails the next call when it throws', async () => {
    await call('leaves', { leave: ['crash'] })
    await sleep(LONG_MS)
    await expect(call('leaves', { wait: LONG_MS })).rejects.toThrow('left behind')
    expect(await call('leaves', {})).toBe('replied')
  })

  test('runs as the shopper of the next call', async () => {
    const { database } = running.cloudbase
    await call('shop', { do: 'leave', collection: 'visits' }, ANN)
    await sleep(LONG_MS)
    expect(database.find('visits', { query: {} })).toEqual([])
    await call('shop', { do: 'whoAmI', pause: 2 * LONG_MS }, BOB)
    expect(database.find('visits', { query: {} })).toMatchObject([{ openid: BOB }])
  })

  test('does not delay the reply, and text printed before it is not lost', async () => {
    await call('leaves', {})
    const start = performance.now()
    await call('leaves', { leave: ['print', 'timer'], text: 'before the reply' })
    expect(performance.now() - start).toBeLessThan(LONG_MS)
    expect(printed()).toEqual(['before the reply'])
  })
})

test('a warmed instance is not frozen before its first call', async () => {
  await running.cloudbase.functions.warm('warmed')
  await sleep(LONG_MS)
  expect(log.map(({ text }) => text)).toEqual(['after loading'])
})

test('CloudBase closes at once even when instances are frozen', async () => {
  const cloudbase = await startCloudBase({ ...cloudBaseOptions(), functions: { leaves } })
  const calls = [1, 2, 3].map(() =>
    cloudbase.functions.invoke('leaves', { leave: ['timer'], wait: 50 }, {}),
  )
  await Promise.all(calls)
  const closed = cloudbase.close().then(() => 'closed')
  expect(await Promise.race([closed, sleep(5000, 'hangs', { ref: false })])).toBe('closed')
})
