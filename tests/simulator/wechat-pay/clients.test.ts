import { readFileSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import { Store } from '../../../simulator/kit/store'
import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import { APPID, ORDER, PAYER_OPENID, startGateway, temporaryFolder } from './support'

const { WXPay } = require('wx-js-utils/src/libs/WXPay')
const { Decorator } = require('wechatpay-axios-plugin')

type Gateway = Awaited<ReturnType<typeof startGateway>>
let gateway: Gateway
const dir = temporaryFolder()
const request = https.request

beforeAll(async () => {
  gateway = await startGateway({ dir })
})

afterEach(() => {
  jest.restoreAllMocks()
})

afterAll(() => gateway.close())

/** Returns the unmodified wx-js-utils; only the socket's address and the trusted CA are changed. */
function wxJsUtils(signType: string) {
  const { mch_id, key, p12File } = gateway.merchant
  jest.spyOn(https, 'request').mockImplementation(((options: any, callback: any) => {
    expect(options.host).toBe('api.mch.weixin.qq.com')
    const { port, ca } = gateway
    const agent = new https.Agent({ ...options.agent?.options, ca, host: '127.0.0.1', port })
    return request({ ...options, agent, servername: options.host }, callback)
  }) as typeof https.request)
  const pay = new WXPay({
    appId: APPID,
    mchId: mch_id,
    key,
    signType,
    certFileContent: readFileSync(p12File),
    timeout: 2000,
  })
  return {
    unifiedorder: (fields: object) => pay.unifiedOrder(fields),
    orderquery: (fields: object) => pay.orderQuery(fields),
    refund: (fields: object) => pay.refund(fields),
    refundquery: (fields: object) => pay.refundQuery(fields),
  }
}

/**
 * Returns the V2 client of wechatpay-axios-plugin, an independent implementation of the protocol.
 */
function wechatpayAxiosPlugin(sign_type: string) {
  const { mch_id, key, p12File } = gateway.merchant
  const network = { host: '127.0.0.1', port: gateway.port, ca: gateway.ca }
  const client = Decorator.xmlBased({
    mchid: mch_id,
    secret: key,
    merchant: { ...network, pfx: readFileSync(p12File), passphrase: mch_id },
    httpsAgent: new https.Agent(network),
  })
  const call = (service: string, security: boolean) => async (fields: object) =>
    (await client.post(service, { appid: APPID, mch_id, sign_type, ...fields }, { security })).data
  return {
    unifiedorder: call('/pay/unifiedorder', false),
    orderquery: call('/pay/orderquery', false),
    refund: call('/secapi/pay/refund', true),
    refundquery: call('/pay/refundquery', false),
  }
}

describe.each([
  ['wx-js-utils', 'MD5', wxJsUtils],
  ['wx-js-utils', 'HMAC-SHA256', wxJsUtils],
  ['wechatpay-axios-plugin', 'MD5', wechatpayAxiosPlugin],
  ['wechatpay-axios-plugin', 'HMAC-SHA256', wechatpayAxiosPlugin],
])('%s with %s', (name, signType, makeClient) => {
  const out_trade_no = `${name}-${signType}`.slice(-32)

  test('orders, queries the payment, refunds and queries the ended refund', async () => {
    const client = makeClient(signType)
    const number = { out_trade_no }
    const { prepay_id } = await client.unifiedorder({ ...ORDER, ...number, body: '书 & <笔>' })
    expect(await client.orderquery(number)).toMatchObject({ trade_state: 'NOTPAY' })

    const params = gateway.payment(prepay_id, signType)
    expect(gateway.payer.confirm(PAYER_OPENID, params)).toMatchObject({
      ok: true,
      body: '书 & <笔>',
    })
    const paid = await client.orderquery(number)
    expect(paid).toMatchObject({ trade_state: 'SUCCESS', total_fee: '129', openid: PAYER_OPENID })

    const refund = { ...number, out_refund_no: `${out_trade_no}-1` }
    await client.refund({ ...refund, total_fee: '129', refund_fee: '129' })
    expect(await client.refundquery(refund)).toMatchObject({ refund_status_0: 'PROCESSING' })
    gateway.clock.advance(3000)
    expect(await client.refundquery(refund)).toMatchObject({
      refund_status_0: 'SUCCESS',
      refund_fee_0: '129',
      transaction_id: paid.transaction_id,
    })
  })
})

test('wechatpay-axios-plugin rejects a refusal', async () => {
  const client = wechatpayAxiosPlugin('MD5')
  await expect(client.orderquery({ out_trade_no: 'nothing' })).rejects.toMatchObject({
    response: { data: { result_code: 'FAIL', err_code: 'ORDERNOTEXIST' } },
  })
})

test('a restart keeps the merchant, the trades and the refunds', async () => {
  const file = path.join(dir, 'ledger.jsonl')
  const number = { out_trade_no: 'kept-0001' }
  const refund = { ...number, out_refund_no: 'kept-refund', total_fee: '129', refund_fee: '1' }
  const before = Store.open(file)
  const first = await startGateway({ dir, store: before })
  handleRequest(first.ledger, 'unifiedorder', { ...ORDER, ...number })
  const { prepay_id } = first.ledger.trade(number.out_trade_no)!
  const confirmed = first.payer.confirm(PAYER_OPENID, first.payment(prepay_id))
  handleRequest(first.ledger, 'refund', refund)
  await first.close()
  before.close()

  const after = Store.open(file)
  const second = await startGateway({ dir, store: after })
  const { payment } = second.ledger.trade(number.out_trade_no)!
  const found = handleRequest(second.ledger, 'refundquery', {
    transaction_id: payment!.transaction_id,
  })
  const again = second.payer.confirm(PAYER_OPENID, second.payment(prepay_id))
  await second.close()
  after.close()
  expect(confirmed).toMatchObject({ ok: true })
  expect(second.merchant).toEqual(first.merchant)
  expect(found).toMatchObject({ fields: { out_refund_no_0: 'kept-refund' } })
  expect(again).toMatchObject({ code: 'ORDERPAID' })
})
