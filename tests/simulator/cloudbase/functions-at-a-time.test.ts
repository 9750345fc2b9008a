import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCloudBase, type CloudBase, type CloudLogEntry } from '../../../simulator/cloudbase'
import { cloudBaseOptions, functionConfig } from './support'

const waits = functionConfig({
  file: path.join(__dirname, 'functions', 'waits.cjs'),
  timeoutMs: 20_000,
})

/** The responses that running calls wait for. */
let waiting: ServerResponse[] = []
let server: Server
let url: string
let cloudbase: CloudBase
let log: CloudLogEntry[]

beforeAll(async () => {
  server = createServer((_request, response) => void waiting.push(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  waiting = []
  await cloudbase.close()
})
afterAll(() => void server.close())

async function start(callsAtATime?: number) {
  log = []
  cloudbase = await startCloudBase({ ...cloudBaseOptions(log), functions: { waits }, callsAtATime })
}

const calls = (count: number) =>
  Array.from({ length: count }, () => cloudbase.functions.invoke('waits', { url }, {}))

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition() && waited < 20_000; waited += 20) await sleep(20)
}

const replyToAll = () => waiting.splice(0).forEach((response) => response.end())

test('forty calls run at the same time, and further ones when these have ended', async () => {
  await start()
  const results = Promise.all(calls(43))
  await until(() => waiting.length === 40)
  await sleep(300)
  expect(waiting.length).toBe(40)
  replyToAll()
  await until(() => waiting.length === 3)
  expect(waiting.length).toBe(3)
  replyToAll()
  expect(await results).toHaveLength(43)
})

test('the option limits how many calls run at the same time', async () => {
  await start(2)
  const results = Promise.all(calls(3))
  await until(() => waiting.length === 2)
  await sleep(300)
  expect(waiting.length).toBe(2)
  waiting.shift()!.end()
  await until(() => waiting.length === 2)
  expect(waiting.length).toBe(2)
  replyToAll()
  expect(await results).toHaveLength(3)
})

test('warmed instances have loaded, and serve as many calls at once', async () => {
  await start()
  const loads = () => log.filter(({ text }) => text === 'loaded').length
  await cloudbase.functions.warm('waits', 10)
  expect(loads()).toBe(10)
  const results = Promise.all(calls(10))
  await until(() => waiting.length === 10)
  expect(waiting.length).toBe(10)
  expect(loads()).toBe(10)
  replyToAll()
  await results
})
