import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { start, type Started } from '../support/started'
import { runnableCopy } from './runnable-copy'

/** A copy of the project, so that sources can be broken and a deployer's files planted. */
let copy: string
let shop: Started
let address: string

const file = (...names: string[]) => path.join(copy, ...names)
/** The source with the reply to an unknown type. */
const SOURCE = ['cloudfunctions', 'pay', 'src', 'handle-call.ts']

beforeAll(async () => {
  copy = runnableCopy()

  const config = file('cloudfunctions', 'pay', 'config')
  mkdirSync(config, { recursive: true })
  const marker = JSON.stringify(file('was-read'))
  writeFileSync(
    path.join(config, 'index.js'),
    `require('fs').writeFileSync(${marker}, ''); module.exports = {}`,
  )
  writeFileSync(path.join(config, 'apiclient_cert.p12'), 'not a certificate')

  shop = start(['--data', file('data')], copy)
  address = await shop.address
}, 30_000)
afterAll(async () => {
  await shop.stop()
  rmSync(copy, { recursive: true, force: true })
})

/** Calls `pay` from the phone of shopper 1. */
function callPay(event: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-shopper': '1' }
    const call = request(`${address}/api/callFunction`, { method: 'POST', headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve(body))
    })
    call.on('error', reject)
    call.end(JSON.stringify({ name: 'pay', data: event }))
  })
}

/** Calls `ask` until its reply has `text`, ten seconds at most. Returns the last reply. */
async function until(text: string, ask: () => string | Promise<string>): Promise<string> {
  const end = Date.now() + 10_000
  let found = await ask()
  while (!found.includes(text) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    found = await ask()
  }
  return found
}

/** Expects that the reply has `text` within ten seconds. */
async function expectSoon(text: string, ask: () => string | Promise<string>): Promise<void> {
  expect(await until(text, ask)).toContain(text)
}

test('a deployer’s configuration and certificate are never read', async () => {
  const key = '0'.repeat(32)
  const reply = await callPay({ type: 'unifiedorder', data: { goods_id: 'jidangan', key } })
  expect(reply).toContain('"code":0')
  expect(existsSync(file('was-read'))).toBe(false)
})

test('saving a function’s source replaces it', async () => {
  const source = readFileSync(file(...SOURCE), 'utf8')
  await expectSoon('type 应为', () => callPay({ type: 'nothing' }))
  writeFileSync(file(...SOURCE), source.replace('type 应为', '类型应为'))
  await expectSoon('类型应为', () => callPay({ type: 'nothing' }))
})

test('an exception in a function’s own code reaches the terminal with its message and its place in the source', async () => {
  const source = readFileSync(file(...SOURCE), 'utf8')
  const thrown = "    throw new RangeError('planted for the terminal')\n"
  const mark = '    request = readRequest(event)\n'
  expect(source).toContain(mark)
  writeFileSync(file(...SOURCE), source.replace(mark, thrown + mark))
  const line = source.split(mark)[0]!.split('\n').length
  await expectSoon('RangeError: planted for the terminal', async () => {
    await callPay({ type: 'nothing' })
    return shop.output()
  })
  const [, , stack = ''] =
    /^(.*)RangeError: planted for the terminal\n(.*)$/m.exec(shop.output()) ?? []
  expect(stack).toMatch(
    new RegExp(`function  pay  +at .*cloudfunctions/pay/src/handle-call\\.ts:${line}:11`),
  )
  const [logged] = shop.output().match(/\{.*"outcome":"UNKNOWN".*\}/) ?? []
  expect(logged).toContain('RangeError at')
  expect(logged).not.toContain('planted')
  writeFileSync(file(...SOURCE), source)
  await expectSoon('应为', () => callPay({ type: 'nothing' }))
})

test('a function that does not compile is reported with file and line, and the next save recovers', async () => {
  const source = readFileSync(file(...SOURCE), 'utf8')
  writeFileSync(file(...SOURCE), `${source}\nconst = 1\n`)
  const line = source.split('\n').length + 1
  await expectSoon(`cloudfunctions/pay/src/handle-call.ts:${line}:`, () => shop.output())
  writeFileSync(file(...SOURCE), source.replace('类型应为', '种类应为'))
  await expectSoon('种类应为', () => callPay({ type: 'nothing' }))
})

test('a source that is replaced by renaming another file is rebuilt each time', async () => {
  const replace = (message: string) => {
    const source = readFileSync(file(...SOURCE), 'utf8')
    writeFileSync(file('handle-call.new'), source.replace(/`.{1,2}应为/, `\`${message}`))
    renameSync(file('handle-call.new'), file(...SOURCE))
  }
  replace('甲应为')
  await expectSoon('甲应为', () => callPay({ type: 'nothing' }))
  replace('乙应为')
  await expectSoon('乙应为', () => callPay({ type: 'nothing' }))
})

test('a page that does not compile is reported with file and line', async () => {
  const page = file('miniprogram', 'pages', 'pay-list', 'index.wxml')
  writeFileSync(page, `${readFileSync(page, 'utf8')}\n<view>`)
  await expectSoon('pages/pay-list/index.wxml:', () => shop.output())
})
