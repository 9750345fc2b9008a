import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WeChatPayPort } from '../../cloudfunctions/pay/src/ports'
import { sendToGateway } from '../../simulator/cloudbase/functions/worker/outgoing'
import { openMerchant } from '../../simulator/wechat-pay/merchant'
import { sign } from '../../simulator/wechat-pay/sign'
import { formatXml } from '../../simulator/wechat-pay/xml'
import { buildSource, isBuilt } from '../support/functions'
import { project } from '../support/project'

/* The adapter of wx-js-utils, with a gateway that sends arbitrary replies. */

const ADAPTER = path.join(project.root, 'cloudfunctions/pay/src/adapters/wechat-pay.ts')
const { request, get } = https
const dir = mkdtempSync(path.join(tmpdir(), 'replies-'))
let respond: (response: ServerResponse, request: IncomingMessage) => unknown
let server: https.Server
let port: WeChatPayPort
let key: string

beforeAll(async () => {
  const merchant = await openMerchant(dir)
  key = merchant.key
  const { ca, server: cert, serverKey } = merchant.certificates
  server = https.createServer({ cert, key: serverKey })
  server.on('request', (asked: IncomingMessage, response: ServerResponse) => {
    asked.resume().on('end', () => respond(response, asked))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const built = path.join(dir, 'wechat-pay.js')
  if (isBuilt) await buildSource(ADAPTER, built)
  const { wechatPay } = require(isBuilt ? built : ADAPTER)
  sendToGateway({ port: (server.address() as AddressInfo).port, ca })
  port = wechatPay({
    settings: {
      ...account,
      notify_url: 'https://shop.example/pay-notify',
      sign_type: 'HMAC-SHA256',
      order_ttl: 1_800_000,
      self_refund: 86_400_000,
      max_unpaid: 10,
    },
    key,
    p12: readFileSync(merchant.p12File),
  })
})
afterAll(async () => {
  Object.assign(https, { request, get })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(dir, { recursive: true, force: true })
})

const account = { appid: 'wx5f0c0ffee0000001', mch_id: '1600000001' }
const codes = { return_code: 'SUCCESS', result_code: 'SUCCESS' }
const good = { ...account, ...codes, trade_state: 'NOTPAY' }
const signed = (fields: Record<string, string>) =>
  formatXml({ ...fields, sign: sign(fields, key, 'HMAC-SHA256') })
const query = () => port.orderquery('f'.repeat(32))

test('a signed reply is returned, with every field as a text', async () => {
  respond = (response) => response.end(signed(good))
  expect(await query()).toMatchObject({ kind: 'ok', fields: good })
})

test('a reply that sets a cookie is read, and the cookie is not kept', async () => {
  const cookies: (string | undefined)[] = []
  respond = (response, asked) => {
    cookies.push(asked.headers.cookie)
    response.setHeader('set-cookie', 'a=b').end(signed(good))
  }
  expect(await query()).toMatchObject({ kind: 'ok' })
  expect(await query()).toMatchObject({ kind: 'ok' })
  expect(cookies).toEqual([undefined, undefined])
})

test('a reply of a few kilobytes is returned', async () => {
  const detail = '字'.repeat(10_000)
  respond = (response) => response.end(signed({ ...good, detail }))
  expect(await query()).toMatchObject({ kind: 'ok', fields: { detail } })
})

describe('a reply of 64 MB', () => {
  const chunk = Buffer.alloc(64 * 1024, 'x')

  /** Sends data until the client closes the connection. */
  async function flood(response: ServerResponse) {
    let gone = false
    response.on('close', () => (gone = true))
    for (let sent = 0; sent < 1024 && !gone; sent++) {
      if (!response.write(chunk)) await sleep(1)
    }
    response.end()
  }

  test.each(['orderquery', 'refund'] as const)('to %s is aborted at 64 KB', async (service) => {
    let socket: { bytesWritten: number } | undefined
    respond = (response, asked) => {
      socket = asked.socket
      return flood(response)
    }
    const before = process.memoryUsage()
    const fee = 1 as never
    const refund = () =>
      port.refund(
        { out_trade_no: 'f'.repeat(32), total_fee: fee },
        { out_refund_no: 'f', refund_fee: fee },
      )
    const received = service === 'refund' ? refund() : query()
    expect(await received).toEqual({ kind: 'unknown', why: 'REPLY_TOO_LARGE' })
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(8 * 1024 * 1024)
    // This includes data in the system's buffers, which was written but never read.
    expect(socket!.bytesWritten).toBeLessThan(32 * 1024 * 1024)
  })
})

test('a slow reply is aborted after 5 s in total, and its connection closed', async () => {
  let closed: number | undefined
  respond = (response) => {
    const drip = setInterval(() => response.write(' '), 50)
    response.on('close', () => {
      closed = Date.now()
      clearInterval(drip)
    })
  }
  const started = Date.now()
  expect(await query()).toEqual({ kind: 'unknown', why: 'TIMEOUT' })
  expect(Date.now() - started).toBeGreaterThan(4900)
  expect(Date.now() - started).toBeLessThan(6000)
  await sleep(100)
  expect(closed! - started).toBeLessThan(6000)
}, 10_000)

describe('a lost connection', () => {
  const failTimes = (times: number) => {
    const asked: string[] = []
    respond = (response, { url }) => {
      asked.push(url!)
      if (asked.length <= times) response.destroy()
      else response.end(signed(good))
    }
    return asked
  }

  test('is retried once', async () => {
    const asked = failTimes(1)
    expect(await query()).toMatchObject({ kind: 'ok' })
    expect(asked).toHaveLength(2)
  })

  test('that is lost again is an unknown outcome, without a second retry', async () => {
    const asked = failTimes(2)
    expect(await query()).toEqual({ kind: 'unknown', why: 'ECONNRESET' })
    expect(asked).toHaveLength(2)
  })

  test('in the middle of a reply is an unknown outcome', async () => {
    respond = (response) => {
      response.writeHead(200, { 'content-length': '100000' })
      response.write(signed(good))
      setTimeout(() => response.destroy(), 20)
    }
    expect(await query()).toEqual({ kind: 'unknown', why: 'ECONNRESET' })
  })
})

describe('a malformed reply is an unknown outcome', () => {
  const whole = () => signed(good).replace('</xml>', '')
  test.each([
    ['nothing', () => ''],
    ['a page', () => '<html><body>502 Bad Gateway</body></html>'],
    ['another root', () => signed(good).replaceAll('xml>', 'root>')],
    ['a doctype', () => `<!DOCTYPE xml [<!ENTITY a "b">]>${signed(good)}`],
    ['an attribute', () => signed(good).replace('<trade_state>', '<trade_state a="1">')],
    ['a nested element', () => `${whole()}<a><b>1</b></a></xml>`],
    ['a doubled element', () => `${whole()}<trade_state>SUCCESS</trade_state></xml>`],
    ['no end', whole],
    ['two roots', () => signed(good) + signed(good)],
    ['no signature', () => formatXml(good)],
    ['an empty signature', () => formatXml({ ...good, sign: '' })],
    ['a signature by MD5', () => formatXml({ ...good, sign: sign(good, key, 'MD5') })],
    ['another return_code', () => signed({ ...good, return_code: 'OK' })],
    ['no result_code', () => signed({ ...good, result_code: '' })],
  ])('%s', async (_, reply) => {
    respond = (response) => response.end(reply())
    const received = await query()
    // Only a code, no data of the reply, because `why` is logged.
    expect(received).toEqual({ kind: 'unknown', why: expect.stringMatching(/^[A-Z_]+$/) })
  })
})

describe('a refusal', () => {
  const refusal = (fields: Record<string, string>) =>
    signed({ ...account, return_code: 'SUCCESS', result_code: 'FAIL', ...fields })

  test('has WeChat’s code and message', async () => {
    const fields = { err_code: 'ORDERCLOSED', err_code_des: '订单已关闭' }
    respond = (response) => response.end(refusal(fields))
    expect(await query()).toEqual({ kind: 'refused', ...fields })
  })

  test('without a message has the code as its message', async () => {
    respond = (response) => response.end(refusal({ err_code: 'ORDERCLOSED' }))
    expect(await query()).toMatchObject({ kind: 'refused', err_code_des: 'ORDERCLOSED' })
  })

  test('with a long message is cut to 128 characters', async () => {
    const message = '字'.repeat(500)
    respond = (response) => response.end(refusal({ err_code: 'ERROR', err_code_des: message }))
    expect(await query()).toMatchObject({ kind: 'refused', err_code_des: message.slice(0, 128) })
    respond = (response) => response.end(formatXml({ return_code: 'FAIL', return_msg: message }))
    expect(await query()).toMatchObject({ kind: 'refused', err_code_des: message.slice(0, 128) })
  })

  test.each(['', 'oSomebody said: <xml>', 'E'.repeat(33), 'ERROR\n'])(
    'whose code is %j is an unknown outcome, and nothing of it is returned',
    async (err_code) => {
      respond = (response) => response.end(refusal({ err_code, err_code_des: '其他' }))
      expect(await query()).toEqual({ kind: 'unknown', why: 'BAD_REPLY' })
    },
  )

  test.each(['SYSTEMERROR', 'BIZERR_NEED_RETRY', 'FREQUENCY_LIMITED'])(
    'with %s is an unknown outcome',
    async (err_code) => {
      respond = (response) => response.end(refusal({ err_code, err_code_des: '稍后再试' }))
      expect(await query()).toEqual({ kind: 'unknown', why: err_code })
    },
  )

  test.each(['appid', 'mch_id'])('for another %s is an unknown outcome', async (name) => {
    const fields = { err_code: 'ORDERNOTEXIST', err_code_des: 'order not exist' }
    respond = (response) => response.end(refusal({ ...fields, [name]: 'another' }))
    expect(await query()).toEqual({ kind: 'unknown', why: 'NOT_OURS' })
  })
})
