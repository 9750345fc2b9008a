import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import {
  APPID,
  HOUR,
  MINUTE,
  ORDER,
  PAYER_OPENID,
  startGateway,
  temporaryFolder,
  WXPayUtil,
} from './support'

let gateway: Awaited<ReturnType<typeof startGateway>>
const dir = temporaryFolder()
let orders = 0

beforeAll(async () => {
  gateway = await startGateway({ dir })
})

afterAll(() => gateway.close())

/** Places an order and returns the parameters to pay it, with `changed` applied after signing. */
function payment(changed: Record<string, string> = {}, signType = 'MD5') {
  const out_trade_no = `order-${++orders}`
  const sign_type = signType === 'MD5' ? {} : { sign_type: signType }
  handleRequest(gateway.ledger, 'unifiedorder', { ...ORDER, ...sign_type, out_trade_no })
  const { prepay_id } = gateway.ledger.trade(out_trade_no)!
  return { out_trade_no, params: { ...gateway.payment(prepay_id, signType), ...changed } }
}

function without(params: object, ...names: string[]) {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)))
}

/** Returns the parameters of a new order, with a paySign over the result of `mistake`. */
function wronglySigned(mistake: (params: any) => any, type = 'MD5') {
  const { paySign: _, ...params } = payment().params
  const { key } = gateway.merchant
  return { ...params, paySign: WXPayUtil.generateSignature(mistake(params), key, type) }
}

test.each(['MD5', 'HMAC-SHA256'])('the sheet shows an order signed with %s', (signType) => {
  const { params, out_trade_no } = payment({}, signType)
  expect(gateway.payer.preview(PAYER_OPENID, params)).toEqual({
    ok: true,
    out_trade_no,
    body: '一本书',
    total_fee: 129,
    merchantName: '模拟商户',
  })
})

test('opening the sheet changes nothing', () => {
  const { params, out_trade_no } = payment()
  const before = gateway.ledger.trade(out_trade_no)
  gateway.payer.preview(PAYER_OPENID, params)
  expect(gateway.ledger.trade(out_trade_no)).toBe(before)
  expect(handleRequest(gateway.ledger, 'orderquery', { out_trade_no })).toMatchObject({
    fields: { trade_state: 'NOTPAY' },
  })
})

test('a payer can begin, fail, begin again, cancel, and finally pay', () => {
  const { params, out_trade_no } = payment()
  const after = (step: 'begin' | 'fail' | 'cancel' | 'confirm') => {
    expect(gateway.payer[step](PAYER_OPENID, params)).toMatchObject({ ok: true, out_trade_no })
    return (handleRequest(gateway.ledger, 'orderquery', { out_trade_no }) as any).fields.trade_state
  }
  const steps = ['begin', 'fail', 'begin', 'cancel', 'begin', 'confirm'] as const
  expect(steps.map(after)).toEqual([
    'USERPAYING',
    'PAYERROR',
    'USERPAYING',
    'NOTPAY',
    'USERPAYING',
    'SUCCESS',
  ])
  expect(gateway.payer.begin(PAYER_OPENID, params)).toMatchObject({ ok: false, code: 'ORDERPAID' })
})

test('a payer cannot begin with a wrong signature', () => {
  const { params, out_trade_no } = payment()
  const outcome = gateway.payer.begin(PAYER_OPENID, { ...params, paySign: 'X' })
  expect(outcome).toMatchObject({ ok: false, code: 'SIGN_ERROR' })
  expect(gateway.ledger.trade(out_trade_no)).not.toHaveProperty('attempt')
})

test('confirming pays the order', () => {
  const { params, out_trade_no } = payment()
  expect(gateway.payer.confirm(PAYER_OPENID, params)).toMatchObject({ ok: true, out_trade_no })
  expect(handleRequest(gateway.ledger, 'orderquery', { out_trade_no })).toMatchObject({
    fields: { trade_state: 'SUCCESS' },
  })
})

test('confirming twice charges once', () => {
  const { params, out_trade_no } = payment()
  gateway.payer.confirm(PAYER_OPENID, params)
  const { payment: first } = gateway.ledger.trade(out_trade_no)!
  expect(gateway.payer.confirm(PAYER_OPENID, params)).toMatchObject({
    ok: false,
    code: 'ORDERPAID',
  })
  expect(gateway.ledger.trade(out_trade_no)!.payment).toEqual(first)
})

test('signType and appId may be absent', () => {
  const params = without(payment().params, 'appId', 'signType')
  expect(gateway.payer.preview(PAYER_OPENID, params)).toMatchObject({ ok: true })
})

test.each([
  ['timeStamp', 1700000000, 'timeStamp must be a non-empty string, but is a number'],
  ['nonceStr', undefined, 'nonceStr must be a non-empty string, but is missing'],
  ['paySign', '', 'paySign must be a non-empty string, but is empty'],
  ['signType', 'RSA', 'signType must be MD5 or HMAC-SHA256, but is RSA'],
  ['package', 'wx1', 'package must be prepay_id=<the prepay_id>, but is wx1'],
  ['package', 'prepay_id=', 'package must be prepay_id=<the prepay_id>, but is prepay_id='],
  ['appId', 'wx1', `appId is wx1, but the mini program's is ${APPID}`],
])('the invalid parameter %s = %p is named in the reason', (name, value, reason) => {
  const params = { ...payment().params, [name]: value }
  expect(gateway.payer.preview(PAYER_OPENID, params)).toEqual({
    ok: false,
    code: 'PARAMETER_ERROR',
    reason,
  })
})

test.each([
  ['appId was left out', (all: any) => without(all, 'appId')],
  ['names appid instead of appId', ({ appId, ...rest }: any) => ({ ...rest, appid: appId })],
  ['signType was left out', (all: any) => without(all, 'signType')],
  ['names timestamp instead', ({ timeStamp, ...rest }: any) => ({ ...rest, timestamp: timeStamp })],
  ['lacks prepay_id=', (all: any) => ({ ...all, package: all.package.slice(10) })],
])('the mistake "%s" in a signature is explained', (explanation, mistake) => {
  const outcome = gateway.payer.preview(PAYER_OPENID, wronglySigned(mistake))
  expect(outcome).toMatchObject({ ok: false, code: 'SIGN_ERROR' })
  expect((outcome as any).reason).toContain(explanation)
})

test('a signature with the other algorithm is explained', () => {
  const params = wronglySigned((all) => all, 'HMAC-SHA256')
  const { reason } = gateway.payer.preview(PAYER_OPENID, params) as any
  expect(reason).toContain('it is made with HMAC-SHA256, but signType says MD5')
})

test('a signature in lower case is explained', () => {
  const { params } = payment()
  const lower = { ...params, paySign: params.paySign.toLowerCase() }
  const { reason } = gateway.payer.preview(PAYER_OPENID, lower) as any
  expect(reason).toMatch(/^paySign is wrong: it is not in upper case\n/)
})

test('for an unexplained signature the reason shows the text to sign, without the key', () => {
  const { params } = payment({ nonceStr: 'another' })
  const { reason } = gateway.payer.preview(PAYER_OPENID, params) as any
  expect(reason).toContain(`expected MD5 of appId=${APPID}&nonceStr=another&package=`)
  expect(reason).toContain('&key=******')
  expect(reason).not.toContain(gateway.merchant.key)
})

test("a signType other than the order's is explained", () => {
  const { out_trade_no } = payment()
  const { prepay_id } = gateway.ledger.trade(out_trade_no)!
  expect(
    gateway.payer.preview(PAYER_OPENID, gateway.payment(prepay_id, 'HMAC-SHA256')),
  ).toMatchObject({
    code: 'SIGN_ERROR',
    reason: 'signType is HMAC-SHA256, but the sign_type of unifiedorder was MD5',
  })
})

test('a prepay_id that the gateway did not issue is unknown', () => {
  const params = gateway.payment('wx404')
  expect(gateway.payer.preview(PAYER_OPENID, params)).toMatchObject({ code: 'PREPAY_ID_UNKNOWN' })
})

test('a shopper cannot pay another shopper’s order', () => {
  const { params, out_trade_no } = payment()
  expect(gateway.payer.confirm('oStranger', params)).toMatchObject({ code: 'OTHER_PAYER' })
  expect(gateway.ledger.trade(out_trade_no)!.payment).toBeUndefined()
})

test('a closed order cannot be paid', () => {
  const { params, out_trade_no } = payment()
  gateway.clock.advance(5 * MINUTE)
  handleRequest(gateway.ledger, 'closeorder', { out_trade_no })
  expect(gateway.payer.confirm(PAYER_OPENID, params)).toMatchObject({ code: 'ORDERCLOSED' })
})

test('a prepay_id cannot be paid after two hours', () => {
  const { params } = payment()
  gateway.clock.advance(2 * HOUR)
  expect(gateway.payer.confirm(PAYER_OPENID, params)).toMatchObject({ code: 'PREPAY_ID_EXPIRED' })
})

test("payers' actions are logged without the key", () => {
  const log = JSON.stringify(gateway.log)
  expect(log).toContain('"endpoint":"requestPayment confirm","out_trade_no":"order-')
  expect(log).not.toContain(gateway.merchant.key)
})
