import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import { openMerchant } from '../../../simulator/wechat-pay/merchant'
import {
  ORDER,
  PAYER_OPENID,
  readXml,
  startGateway,
  temporaryFolder,
  WXPayUtil,
  type RequestOptions,
} from './support'

let gateway: Awaited<ReturnType<typeof startGateway>>
const dir = temporaryFolder()
const otherDir = temporaryFolder()

beforeAll(async () => {
  gateway = await startGateway({ dir })
})

beforeEach(() => {
  gateway.log.length = 0
})

afterAll(() => gateway.close())

test.each(['MD5', 'HMAC-SHA256'])('a reply is signed with %s, like the request', async (type) => {
  const out_trade_no = `signed-with-${type}`
  const reply = await gateway.unifiedorder({ ...ORDER, out_trade_no, sign_type: type })
  const { mch_id, key } = gateway.merchant
  expect(reply).toMatchObject({ return_code: 'SUCCESS', result_code: 'SUCCESS', mch_id })
  expect(reply.sign).toBe(WXPayUtil.generateSignature(reply, key, type))
})

test('a refusal is signed', async () => {
  const fields = gateway.signed({ out_trade_no: 'nothing' })
  const reply = await gateway.post('/pay/orderquery', fields)
  expect(reply).toMatchObject({ return_code: 'SUCCESS', result_code: 'FAIL' })
  expect(reply).toMatchObject({ err_code: 'ORDERNOTEXIST', err_code_des: 'order not exist' })
  expect(reply.sign).toBe(WXPayUtil.generateSignature(reply, gateway.merchant.key))
})

test.each([
  ['a text that is not XML', 'hello', 'XML格式错误'],
  ['an empty body', '', 'XML格式错误'],
  ['another root', '<root></root>', 'XML格式错误'],
  ['text that is not UTF-8', Buffer.from('<xml><body>\xff</body></xml>', 'latin1'), 'XML格式错误'],
  ['no fields', '<xml></xml>', '缺少参数'],
])('%s is answered unsigned, with HTTP 200', async (_, body, return_msg) => {
  const reply = await gateway.send('/pay/unifiedorder', body)
  expect(reply.status).toBe(200)
  await expect(readXml(reply.body)).resolves.toEqual({ return_code: 'FAIL', return_msg })
})

test.each([
  ['a missing field', { body: '' }, '缺少参数'],
  ['a nonce_str that is too long', { nonce_str: 'x'.repeat(33) }, 'nonce_str参数长度有误'],
  ['a body that is too long', { body: '书'.repeat(43) }, 'body参数长度有误'],
  ['an attach that is too long', { attach: 'x'.repeat(128) }, 'attach参数长度有误'],
  ['another appid', { appid: 'wx0' }, 'appid不存在'],
  ['another merchant', { mch_id: '1' }, '商户号mch_id或sub_mch_id不存在'],
  ['a price of 0', { total_fee: '0' }, 'invalid total_fee'],
])('%s is answered by "%s"', async (_, changed, return_msg) => {
  const fields = gateway.signed({ ...ORDER, ...changed })
  const reply = await gateway.post('/pay/unifiedorder', fields)
  expect(reply).toEqual({ return_code: 'FAIL', return_msg })
})

test('parameters are checked before the account, the account before the signature', async () => {
  const wrong = { ...gateway.signed(ORDER), appid: 'wx0', sign: 'X' }
  const reply = await gateway.post('/pay/unifiedorder', { ...wrong, body: 'x'.repeat(129) })
  expect(reply.return_msg).toBe('body参数长度有误')
  expect((await gateway.post('/pay/unifiedorder', wrong)).return_msg).toBe('appid不存在')
})

test('a query without any number is refused for a missing parameter', async () => {
  const reply = await gateway.post('/pay/refundquery', gateway.signed({}))
  expect(reply.return_msg).toBe('缺少参数')
})

test('a wrong signature is refused, and the log shows the text to sign', async () => {
  const fields = { ...gateway.signed(ORDER), total_fee: '1' }
  const reply = await gateway.post('/pay/unifiedorder', fields)
  expect(reply).toEqual({ return_code: 'FAIL', return_msg: '签名错误' })
  const [{ reason, ...entry }] = gateway.log as [any]
  expect(entry).toMatchObject({ endpoint: 'unifiedorder', out_trade_no: ORDER.out_trade_no })
  expect(reason).toMatch(/^签名错误: sign must be the MD5, .* of appid=.*&total_fee=1&.*&key=\*+$/)
  expect(reason).not.toContain(gateway.merchant.key)
})

test('a signature with another algorithm than the sign_type is refused', async () => {
  const { sign_type: _, ...fields } = gateway.signed({ ...ORDER, sign_type: 'HMAC-SHA256' })
  const reply = await gateway.post('/pay/unifiedorder', fields)
  expect(reply.return_msg).toBe('签名错误')
})

test('an unknown sign_type is refused', async () => {
  const fields = { ...gateway.signed(ORDER), sign_type: 'SHA1' }
  const reply = await gateway.post('/pay/unifiedorder', fields)
  expect(reply.return_msg).toBe('签名错误')
})

test.each([
  ['another host', { headers: { host: '127.0.0.1' } }, 403],
  ['the origin of a web page', { headers: { origin: 'https://api.mch.weixin.qq.com' } }, 403],
  ['an unknown endpoint', { path: '/pay/micropay' }, 404],
])('a request with %s gets an error page', async (_, options, status) => {
  expect((await gateway.send('/pay/orderquery', '<xml></xml>', options)).status).toBe(status)
})

test('a request with another method than POST fails', async () => {
  const reply = await gateway.send('/pay/orderquery', '', { method: 'GET' })
  await expect(readXml(reply.body)).resolves.toMatchObject({ return_msg: '请使用post方法' })
})

test('a body of more than 64 KB is refused', async () => {
  const reply = await gateway.send('/pay/orderquery', Buffer.alloc(64 * 1024 + 1, 'x'))
  expect(reply.status).toBe(413)
})

test('a client that does not trust the gateway’s CA cannot connect', async () => {
  await expect(gateway.send('/pay/orderquery', '', { ca: [] })).rejects.toThrow(/certificate/)
})

describe('a refund', () => {
  const fields = { out_refund_no: 'refund-1', total_fee: '129', refund_fee: '129' }
  const refund = (options: RequestOptions) =>
    WXPayUtil.obj2xml(gateway.signed({ ...fields, out_trade_no: 'nothing' })).then((xml: string) =>
      gateway.send('/secapi/pay/refund', xml, options),
    )

  test('without a client certificate gets an error page with HTTP 400', async () => {
    const reply = await refund({})
    expect(reply.status).toBe(400)
    expect(reply.body).toContain('400 No required SSL certificate was sent')
  })

  test('with a resumed session but no client certificate gets the page too', async () => {
    const agent = new https.Agent({ maxCachedSessions: 10 })
    await gateway.send('/pay/orderquery', '<xml></xml>', { agent })
    expect((await refund({ agent })).status).toBe(400)
  })

  test("with another CA's certificate gets the page too", async () => {
    const other = await openMerchant(otherDir)
    const pfx = readFileSync(other.p12File)
    const reply = await refund({ pfx, passphrase: other.mch_id })
    expect(reply.status).toBe(400)
  })

  test("with the merchant's certificate reaches the ledger", async () => {
    const pfx = readFileSync(gateway.merchant.p12File)
    const reply = await refund({ pfx, passphrase: gateway.merchant.mch_id })
    await expect(readXml(reply.body)).resolves.toMatchObject({ err_code: 'ORDERNOTEXIST' })
  })
})

test('every request is logged with its order and its verdict', async () => {
  await gateway.unifiedorder({ ...ORDER, out_trade_no: 'logged-1' })
  await gateway.post('/pay/closeorder', gateway.signed({ out_trade_no: 'logged-1' }))
  expect(gateway.log).toMatchObject([
    { endpoint: 'unifiedorder', out_trade_no: 'logged-1', verdict: 'SUCCESS' },
    { endpoint: 'closeorder', out_trade_no: 'logged-1', verdict: 'INVALID_REQUEST' },
  ])
})

test('the gateway listens only on 127.0.0.1', async () => {
  const socket = net.connect(gateway.port, '::1')
  const [error] = await once(socket, 'error').catch((thrown: unknown) => [thrown])
  expect(error).toHaveProperty('code')
})

test('a port that is in use is reported', async () => {
  const options = { dir, port: gateway.port }
  await expect(startGateway(options)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('an openid of another app cannot order', async () => {
  const strict = await startGateway({ dir, openids: (openid) => openid === PAYER_OPENID })
  const reply = await strict.unifiedorder({ ...ORDER, openid: 'oStranger' })
  await strict.close()
  expect(reply).toEqual({ return_code: 'FAIL', return_msg: 'appid and openid not match' })
})

test('the gateway passes the settings to its ledger', async () => {
  const options = { queryReplies: 'full', unsettledFunds: 7, closeShowsAfterMs: 9 } as const
  const other = await startGateway({ dir, ...options })
  await other.close()
  expect(other.ledger.settings).toEqual({
    ...options,
    availableBalance: Infinity,
    refundEndsAfterMs: 3000,
    refundIntervalMs: 60_000,
    erroneousRefundsPerSecond: 6,
  })
})
