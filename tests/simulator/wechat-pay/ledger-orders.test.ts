import { formatTime } from '../../../simulator/wechat-pay/beijing-time'
import { answerRequest } from '../../../simulator/wechat-pay/endpoints'
import { hour, makeLedger, minute, order, payer } from './support'

const number = { out_trade_no: order.out_trade_no }
const prepay_id = expect.stringMatching(/^wx\d{34}$/)

test('an order gets a prepay_id', () => {
  const { ledger } = makeLedger()
  expect(answerRequest(ledger, 'unifiedorder', order)).toEqual({
    kind: 'accept',
    fields: { trade_type: 'JSAPI', prepay_id },
  })
})

test('the same order again gets the same prepay_id', () => {
  const { ledger, time } = makeLedger()
  const first = answerRequest(ledger, 'unifiedorder', { ...order, nonce_str: 'a', sign: 'A' })
  time.advance(hour)
  expect(answerRequest(ledger, 'unifiedorder', { ...order, nonce_str: 'b', sign: 'B' })).toEqual(
    first,
  )
})

test('after two hours the same order gets a new prepay_id', () => {
  const { ledger, time } = makeLedger()
  const first = answerRequest(ledger, 'unifiedorder', order)
  time.advance(2 * hour)
  const second = answerRequest(ledger, 'unifiedorder', order)
  expect(second).toMatchObject({ kind: 'accept' })
  expect(second).not.toEqual(first)
})

test('only the newest prepay_id can be paid', () => {
  const { ledger, time, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  const { prepay_id: old } = ledger.trade(order.out_trade_no)!
  time.advance(2 * hour)
  answerRequest(ledger, 'unifiedorder', order)
  expect(ledger.pay(old, payer)).toMatchObject({ code: 'PREPAY_ID_UNKNOWN' })
  expect(pay()).toMatchObject({ _id: order.out_trade_no })
})

test.each([
  ['another price', { ...order, total_fee: '130' }],
  ['another ip', { ...order, spbill_create_ip: '127.0.0.2' }],
  ['an added field', { ...order, attach: 'x' }],
  ['an added field that WeChat does not know', { ...order, timeStamp: '1' }],
  ['another algorithm', { ...order, sign_type: 'HMAC-SHA256' }],
])('the same number with %s is refused', (_, changed) => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  expect(answerRequest(ledger, 'unifiedorder', changed)).toEqual({
    kind: 'refuse',
    err_code: 'INVALID_REQUEST',
    err_code_des: '201 商户订单号重复',
  })
})

test('the same number without a field of the first time is refused', () => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', { ...order, attach: 'x' })
  expect(answerRequest(ledger, 'unifiedorder', order)).toMatchObject({
    err_code: 'INVALID_REQUEST',
  })
})

test.each([
  ['a price of 0', { total_fee: '0' }, 'invalid total_fee'],
  ['a negative price', { total_fee: '-1' }, 'invalid total_fee'],
  ['a price in yuan', { total_fee: '1.29' }, 'invalid total_fee'],
  ['a number of 5 characters', { out_trade_no: '12345' }, 'invalid out_trade_no'],
  ['a number with a space', { out_trade_no: 'order 0001' }, 'invalid out_trade_no'],
  ['an ip that is none', { spbill_create_ip: 'localhost' }, 'invalid spbill_create_ip'],
  ['a notify_url with a query', { notify_url: 'https://a.cn/?b=1' }, 'invalid notify_url'],
  ['a notify_url that is none', { notify_url: 'a.cn' }, 'invalid notify_url'],
  ['another currency', { fee_type: 'USD' }, 'invalid fee_type'],
  ['a time_expire that is no time', { time_expire: '20260230000000' }, 'invalid time_expire'],
  ['a time_start that is no time', { time_start: 'now' }, 'invalid time_start'],
  ['no openid', { openid: '' }, 'JSAPI支付必须传openid'],
  ['an openid of another app', { openid: 'oStranger' }, 'appid and openid not match'],
])('%s is not taken', (_, changed, return_msg) => {
  const { ledger } = makeLedger({ openids: (openid) => openid === payer })
  expect(answerRequest(ledger, 'unifiedorder', { ...order, ...changed })).toEqual({
    kind: 'fail',
    return_msg,
  })
})

test.each([
  ['an openid that cannot be one', { openid: 'o p' }, 'PARAM_ERROR', '无效的openid'],
  ['another trade type', { trade_type: 'NATIVE' }, 'NOAUTH', '商户无此接口权限'],
])('%s is refused', (_, changed, err_code, err_code_des) => {
  const { ledger } = makeLedger()
  const answer = answerRequest(ledger, 'unifiedorder', { ...order, ...changed })
  expect(answer).toEqual({ kind: 'refuse', err_code, err_code_des })
})

test('a time_expire must be more than a minute away', () => {
  const { ledger, time } = makeLedger()
  const expiring = (ms: number) => ({ ...order, time_expire: formatTime(time.now + ms) })
  expect(answerRequest(ledger, 'unifiedorder', expiring(minute))).toMatchObject({
    err_code: 'PARAM_ERROR',
  })
  expect(answerRequest(ledger, 'unifiedorder', expiring(minute + 1000))).toMatchObject({
    kind: 'accept',
  })
})

test('a query tells an unpaid order, its attach and nothing else', () => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', { ...order, attach: 'shelf 3' })
  expect(answerRequest(ledger, 'orderquery', number)).toEqual({
    kind: 'accept',
    fields: {
      ...number,
      trade_state: 'NOTPAY',
      trade_state_desc: '订单未支付',
      attach: 'shelf 3',
    },
  })
})

test('a query tells only the state of an order with a refund', () => {
  const { ledger, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  pay()
  ledger.refundByHand({ ...number, refund_fee: 1 })
  expect(answerRequest(ledger, 'orderquery', number)).toEqual({
    kind: 'accept',
    fields: {
      ...number,
      trade_state: 'REFUND',
      trade_state_desc: '订单发生过退款，退款详情请查询退款单',
    },
  })
})

test('with full replies a query tells the price of an unpaid order', () => {
  const { ledger } = makeLedger({ queryReplies: 'full' })
  answerRequest(ledger, 'unifiedorder', order)
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'NOTPAY', total_fee: '129' },
  })
})

test('with full replies a query tells who paid an order with a refund, and how', () => {
  const { ledger, pay } = makeLedger({ queryReplies: 'full' })
  answerRequest(ledger, 'unifiedorder', order)
  pay()
  ledger.refundByHand({ ...number, refund_fee: 1 })
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'REFUND', total_fee: '129', openid: payer, time_end: '20260101120000' },
  })
})

test('how much a query tells can be changed and read at any time', () => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  expect(ledger.settings.queryReplies).toBe('bare')
  ledger.set({ queryReplies: 'full' })
  expect(ledger.settings.queryReplies).toBe('full')
  expect(answerRequest(ledger, 'orderquery', number)).toHaveProperty('fields.total_fee', '129')
  ledger.set({ queryReplies: 'bare' })
  expect(answerRequest(ledger, 'orderquery', number)).not.toHaveProperty('fields.total_fee')
})

test('a query tells who paid what, when and how', () => {
  const { ledger, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', { ...order, attach: 'shelf 3' })
  pay()
  expect(answerRequest(ledger, 'orderquery', number)).toEqual({
    kind: 'accept',
    fields: {
      ...number,
      attach: 'shelf 3',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      openid: payer,
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

test("a paid order is found by WeChat's number, which counts before the merchant's", () => {
  const { ledger, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  pay()
  const { transaction_id } = ledger.trade(order.out_trade_no)!.payment!
  const answer = answerRequest(ledger, 'orderquery', { transaction_id, out_trade_no: 'another' })
  expect(answer).toMatchObject({ fields: { ...number, transaction_id } })
})

test.each([
  ['out_trade_no', { out_trade_no: 'nothing' }],
  ['transaction_id', { transaction_id: '1', ...number }],
])('a query by an unknown %s finds nothing', (_, fields) => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  expect(answerRequest(ledger, 'orderquery', fields)).toEqual({
    kind: 'refuse',
    err_code: 'ORDERNOTEXIST',
    err_code_des: 'order not exist',
  })
})

test('a prepay_id finds no order in a query', () => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  const transaction_id = ledger.trade(order.out_trade_no)!.prepay_id
  expect(answerRequest(ledger, 'orderquery', { transaction_id })).toMatchObject({
    err_code: 'ORDERNOTEXIST',
  })
})

test('an order cannot be closed within five minutes', () => {
  const { ledger, time } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  time.advance(5 * minute - 1)
  expect(answerRequest(ledger, 'closeorder', number)).toMatchObject({
    kind: 'refuse',
    err_code: 'INVALID_REQUEST',
  })
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'NOTPAY' },
  })
})

test('after five minutes an order can be closed', () => {
  const { ledger, time } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  time.advance(5 * minute)
  expect(answerRequest(ledger, 'closeorder', number)).toEqual({ kind: 'accept', fields: {} })
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'CLOSED' },
  })
})

test('a close shows late, but takes effect at once', () => {
  const { ledger, time, pay } = makeLedger({ closeShowsAfterMs: 2000 })
  answerRequest(ledger, 'unifiedorder', order)
  time.advance(5 * minute)
  answerRequest(ledger, 'closeorder', number)
  time.advance(1999)
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'NOTPAY', trade_state_desc: '订单未支付' },
  })
  expect(pay()).toMatchObject({ code: 'ORDERCLOSED' })
  expect(answerRequest(ledger, 'closeorder', number)).toMatchObject({ err_code: 'ORDERCLOSED' })
  expect(answerRequest(ledger, 'unifiedorder', order)).toMatchObject({ err_code: 'ORDERCLOSED' })
  time.advance(1)
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'CLOSED' },
  })
})

test('a closed order can neither be closed nor ordered again nor paid', () => {
  const { ledger, time, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  time.advance(5 * minute)
  answerRequest(ledger, 'closeorder', number)
  expect(answerRequest(ledger, 'closeorder', number)).toMatchObject({ err_code: 'ORDERCLOSED' })
  expect(answerRequest(ledger, 'unifiedorder', order)).toMatchObject({ err_code: 'ORDERCLOSED' })
  expect(pay()).toMatchObject({ code: 'ORDERCLOSED' })
})

test('a paid order can neither be closed nor ordered again nor paid', () => {
  const { ledger, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  const paid = pay()
  expect(answerRequest(ledger, 'closeorder', number)).toMatchObject({ err_code: 'ORDERPAID' })
  expect(answerRequest(ledger, 'unifiedorder', order)).toMatchObject({ err_code: 'ORDERPAID' })
  expect(pay()).toMatchObject({ code: 'ORDERPAID' })
  expect(ledger.trade(order.out_trade_no)).toEqual(paid)
})

test('an order that does not exist cannot be closed', () => {
  const { ledger } = makeLedger()
  expect(answerRequest(ledger, 'closeorder', number)).toMatchObject({ err_code: 'ORDERNOTEXIST' })
})

test('an order cannot be paid from its time_expire on, and is closed five minutes later', () => {
  const { ledger, time, pay } = makeLedger()
  answerRequest(ledger, 'unifiedorder', { ...order, time_expire: formatTime(time.now + hour) })
  time.advance(hour)
  expect(pay()).toMatchObject({ code: 'ORDEREXPIRED' })
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'NOTPAY' },
  })
  time.advance(5 * minute)
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'CLOSED' },
  })
})
