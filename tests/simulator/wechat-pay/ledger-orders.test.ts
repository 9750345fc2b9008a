import { formatTime } from '../../../simulator/wechat-pay/beijing-time'
import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import { HOUR, makeLedger, MINUTE, ORDER, PAYER_OPENID } from './support'

const ORDER_NUMBER = { out_trade_no: ORDER.out_trade_no }
const PREPAY_ID = expect.stringMatching(/^wx\d{34}$/)

test('an order gets a prepay_id', () => {
  const { ledger } = makeLedger()
  expect(handleRequest(ledger, 'unifiedorder', ORDER)).toEqual({
    kind: 'accept',
    fields: { trade_type: 'JSAPI', prepay_id: PREPAY_ID },
  })
})

test('the same order again gets the same prepay_id', () => {
  const { ledger, time } = makeLedger()
  const first = handleRequest(ledger, 'unifiedorder', { ...ORDER, nonce_str: 'a', sign: 'A' })
  time.advance(HOUR)
  expect(handleRequest(ledger, 'unifiedorder', { ...ORDER, nonce_str: 'b', sign: 'B' })).toEqual(
    first,
  )
})

test('after two hours the same order gets a new prepay_id', () => {
  const { ledger, time } = makeLedger()
  const first = handleRequest(ledger, 'unifiedorder', ORDER)
  time.advance(2 * HOUR)
  const second = handleRequest(ledger, 'unifiedorder', ORDER)
  expect(second).toMatchObject({ kind: 'accept' })
  expect(second).not.toEqual(first)
})

test('only the newest prepay_id can be paid', () => {
  const { ledger, time, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  const { prepay_id: old } = ledger.trade(ORDER.out_trade_no)!
  time.advance(2 * HOUR)
  handleRequest(ledger, 'unifiedorder', ORDER)
  expect(ledger.pay(old, PAYER_OPENID)).toMatchObject({ code: 'PREPAY_ID_UNKNOWN' })
  expect(pay()).toMatchObject({ _id: ORDER.out_trade_no })
})

test.each([
  ['another price', { ...ORDER, total_fee: '130' }],
  ['another ip', { ...ORDER, spbill_create_ip: '127.0.0.2' }],
  ['an added field', { ...ORDER, attach: 'x' }],
  ['an added field that WeChat does not know', { ...ORDER, timeStamp: '1' }],
  ['another algorithm', { ...ORDER, sign_type: 'HMAC-SHA256' }],
])('the same number with %s is refused', (_, changed) => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  expect(handleRequest(ledger, 'unifiedorder', changed)).toEqual({
    kind: 'refuse',
    err_code: 'INVALID_REQUEST',
    err_code_des: '201 商户订单号重复',
  })
})

test('the same number without a field of the first order is refused', () => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', { ...ORDER, attach: 'x' })
  expect(handleRequest(ledger, 'unifiedorder', ORDER)).toMatchObject({
    err_code: 'INVALID_REQUEST',
  })
})

test.each([
  ['a price of 0', { total_fee: '0' }, 'invalid total_fee'],
  ['a negative price', { total_fee: '-1' }, 'invalid total_fee'],
  ['a price in yuan', { total_fee: '1.29' }, 'invalid total_fee'],
  ['a number of 5 characters', { out_trade_no: '12345' }, 'invalid out_trade_no'],
  ['a number with a space', { out_trade_no: 'order 0001' }, 'invalid out_trade_no'],
  ['an invalid ip', { spbill_create_ip: 'localhost' }, 'invalid spbill_create_ip'],
  ['a notify_url with a query', { notify_url: 'https://a.cn/?b=1' }, 'invalid notify_url'],
  ['an invalid notify_url', { notify_url: 'a.cn' }, 'invalid notify_url'],
  ['another currency', { fee_type: 'USD' }, 'invalid fee_type'],
  ['an invalid time_expire', { time_expire: '20260230000000' }, 'invalid time_expire'],
  ['an invalid time_start', { time_start: 'now' }, 'invalid time_start'],
  ['no openid', { openid: '' }, 'JSAPI支付必须传openid'],
  ['an openid of another app', { openid: 'oStranger' }, 'appid and openid not match'],
])('an order with %s fails', (_, changed, return_msg) => {
  const { ledger } = makeLedger({ openids: (openid) => openid === PAYER_OPENID })
  expect(handleRequest(ledger, 'unifiedorder', { ...ORDER, ...changed })).toEqual({
    kind: 'fail',
    return_msg,
  })
})

test.each([
  ['an invalid openid', { openid: 'o p' }, 'PARAM_ERROR', '无效的openid'],
  ['another trade type', { trade_type: 'NATIVE' }, 'NOAUTH', '商户无此接口权限'],
])('an order with %s is refused', (_, changed, err_code, err_code_des) => {
  const { ledger } = makeLedger()
  const reply = handleRequest(ledger, 'unifiedorder', { ...ORDER, ...changed })
  expect(reply).toEqual({ kind: 'refuse', err_code, err_code_des })
})

test('a time_expire must be more than a minute away', () => {
  const { ledger, time } = makeLedger()
  const expiring = (ms: number) => ({ ...ORDER, time_expire: formatTime(time.now + ms) })
  expect(handleRequest(ledger, 'unifiedorder', expiring(MINUTE))).toMatchObject({
    err_code: 'PARAM_ERROR',
  })
  expect(handleRequest(ledger, 'unifiedorder', expiring(MINUTE + 1000))).toMatchObject({
    kind: 'accept',
  })
})

test('a query of an unpaid order returns only its state and attach', () => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', { ...ORDER, attach: 'shelf 3' })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toEqual({
    kind: 'accept',
    fields: {
      ...ORDER_NUMBER,
      trade_state: 'NOTPAY',
      trade_state_desc: '订单未支付',
      attach: 'shelf 3',
    },
  })
})

test('a query of an order with a refund returns only its state', () => {
  const { ledger, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  pay()
  ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1 })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toEqual({
    kind: 'accept',
    fields: {
      ...ORDER_NUMBER,
      trade_state: 'REFUND',
      trade_state_desc: '订单发生过退款，退款详情请查询退款单',
    },
  })
})

test('with full replies a query of an unpaid order returns the price', () => {
  const { ledger } = makeLedger({ queryReplies: 'full' })
  handleRequest(ledger, 'unifiedorder', ORDER)
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'NOTPAY', total_fee: '129' },
  })
})

test('with full replies a query of an order with a refund returns the payment', () => {
  const { ledger, pay } = makeLedger({ queryReplies: 'full' })
  handleRequest(ledger, 'unifiedorder', ORDER)
  pay()
  ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1 })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: {
      trade_state: 'REFUND',
      total_fee: '129',
      openid: PAYER_OPENID,
      time_end: '20260101120000',
    },
  })
})

test('the setting queryReplies can be changed and read at any time', () => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  expect(ledger.settings.queryReplies).toBe('bare')
  ledger.set({ queryReplies: 'full' })
  expect(ledger.settings.queryReplies).toBe('full')
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toHaveProperty(
    'fields.total_fee',
    '129',
  )
  ledger.set({ queryReplies: 'bare' })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).not.toHaveProperty('fields.total_fee')
})

test('a query of a paid order returns the payment', () => {
  const { ledger, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', { ...ORDER, attach: 'shelf 3' })
  pay()
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toEqual({
    kind: 'accept',
    fields: {
      ...ORDER_NUMBER,
      attach: 'shelf 3',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      openid: PAYER_OPENID,
      is_subscribe: 'N',
      trade_type: 'JSAPI',
      bank_type: 'OTHERS',
      total_fee: '129',
      fee_type: 'CNY',
      cash_fee: '129',
      transaction_id: expect.stringMatching(/^\d{28}$/),
      time_end: '20260101120000',
    },
  })
})

test('a paid order is found by its transaction_id, which precedes the out_trade_no', () => {
  const { ledger, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  pay()
  const { transaction_id } = ledger.trade(ORDER.out_trade_no)!.payment!
  const reply = handleRequest(ledger, 'orderquery', { transaction_id, out_trade_no: 'another' })
  expect(reply).toMatchObject({ fields: { ...ORDER_NUMBER, transaction_id } })
})

test.each([
  ['out_trade_no', { out_trade_no: 'nothing' }],
  ['transaction_id', { transaction_id: '1', ...ORDER_NUMBER }],
])('a query by an unknown %s finds nothing', (_, fields) => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  expect(handleRequest(ledger, 'orderquery', fields)).toEqual({
    kind: 'refuse',
    err_code: 'ORDERNOTEXIST',
    err_code_des: 'order not exist',
  })
})

test('a query does not find an order by its prepay_id', () => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  const transaction_id = ledger.trade(ORDER.out_trade_no)!.prepay_id
  expect(handleRequest(ledger, 'orderquery', { transaction_id })).toMatchObject({
    err_code: 'ORDERNOTEXIST',
  })
})

test('an order cannot be closed within five minutes', () => {
  const { ledger, time } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  time.advance(5 * MINUTE - 1)
  expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
    kind: 'refuse',
    err_code: 'INVALID_REQUEST',
  })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'NOTPAY' },
  })
})

test('after five minutes an order can be closed', () => {
  const { ledger, time } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  time.advance(5 * MINUTE)
  expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toEqual({ kind: 'accept', fields: {} })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'CLOSED' },
  })
})

test('a close can be visible late, but takes effect at once', () => {
  const { ledger, time, pay } = makeLedger({ closeShowsAfterMs: 2000 })
  handleRequest(ledger, 'unifiedorder', ORDER)
  time.advance(5 * MINUTE)
  handleRequest(ledger, 'closeorder', ORDER_NUMBER)
  time.advance(1999)
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'NOTPAY', trade_state_desc: '订单未支付' },
  })
  expect(pay()).toMatchObject({ code: 'ORDERCLOSED' })
  expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
    err_code: 'ORDERCLOSED',
  })
  expect(handleRequest(ledger, 'unifiedorder', ORDER)).toMatchObject({ err_code: 'ORDERCLOSED' })
  time.advance(1)
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'CLOSED' },
  })
})

test('a closed order cannot be closed or ordered again, or paid', () => {
  const { ledger, time, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  time.advance(5 * MINUTE)
  handleRequest(ledger, 'closeorder', ORDER_NUMBER)
  expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
    err_code: 'ORDERCLOSED',
  })
  expect(handleRequest(ledger, 'unifiedorder', ORDER)).toMatchObject({ err_code: 'ORDERCLOSED' })
  expect(pay()).toMatchObject({ code: 'ORDERCLOSED' })
})

test('a paid order cannot be closed, ordered again or paid again', () => {
  const { ledger, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  const paid = pay()
  expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({ err_code: 'ORDERPAID' })
  expect(handleRequest(ledger, 'unifiedorder', ORDER)).toMatchObject({ err_code: 'ORDERPAID' })
  expect(pay()).toMatchObject({ code: 'ORDERPAID' })
  expect(ledger.trade(ORDER.out_trade_no)).toEqual(paid)
})

test('an order that does not exist cannot be closed', () => {
  const { ledger } = makeLedger()
  expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
    err_code: 'ORDERNOTEXIST',
  })
})

test('an order cannot be paid after its time_expire, and is closed five minutes later', () => {
  const { ledger, time, pay } = makeLedger()
  handleRequest(ledger, 'unifiedorder', { ...ORDER, time_expire: formatTime(time.now + HOUR) })
  time.advance(HOUR)
  expect(pay()).toMatchObject({ code: 'ORDEREXPIRED' })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'NOTPAY' },
  })
  time.advance(5 * MINUTE)
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'CLOSED' },
  })
})
