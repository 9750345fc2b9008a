import { answerRequest } from '../../../simulator/wechat-pay/endpoints'
import type { RefundOutcome } from '../../../simulator/wechat-pay/ledger/entities'
import type { Fields } from '../../../simulator/wechat-pay/xml'
import { makeLedger, minute, order } from './support'

const day = 24 * 3600_000
const number = { out_trade_no: order.out_trade_no }
const whole = { ...number, out_refund_no: 'refund-1', total_fee: '129', refund_fee: '129' }
const byNumber = { out_refund_no: whole.out_refund_no }

function paidOrder(outcome?: RefundOutcome) {
  const made = makeLedger()
  answerRequest(made.ledger, 'unifiedorder', order)
  made.pay()
  if (outcome) made.ledger.setRefundOutcome(order.out_trade_no, outcome)
  return { ...made, payment: made.ledger.trade(order.out_trade_no)!.payment! }
}

test('a refund is accepted', () => {
  const { ledger, payment } = paidOrder()
  expect(answerRequest(ledger, 'refund', whole)).toEqual({
    kind: 'accept',
    fields: {
      ...whole,
      transaction_id: payment.transaction_id,
      refund_id: expect.stringMatching(/^\d{28}$/),
      cash_fee: '129',
    },
  })
})

test("a refund may name the trade by WeChat's number", () => {
  const { ledger, payment } = paidOrder()
  const { out_trade_no: _, ...rest } = whole
  const answer = answerRequest(ledger, 'refund', {
    ...rest,
    transaction_id: payment.transaction_id,
  })
  expect(answer).toMatchObject({ kind: 'accept', fields: number })
})

test('an accepted refund is PROCESSING until its time has come', () => {
  const { ledger, time } = paidOrder()
  answerRequest(ledger, 'refund', whole)
  time.advance(2999)
  const { fields } = answerRequest(ledger, 'refundquery', byNumber) as { fields: object }
  expect(fields).toMatchObject({ refund_count: '1', refund_status_0: 'PROCESSING' })
  expect(fields).not.toHaveProperty('refund_success_time_0')
})

test('a settled refund tells when and where the money went', () => {
  const { ledger, time } = paidOrder()
  answerRequest(ledger, 'refund', whole)
  time.advance(3000)
  expect(answerRequest(ledger, 'refundquery', byNumber)).toMatchObject({
    kind: 'accept',
    fields: {
      ...number,
      total_fee: '129',
      refund_count: '1',
      out_refund_no_0: 'refund-1',
      refund_fee_0: '129',
      refund_channel_0: 'ORIGINAL',
      refund_status_0: 'SUCCESS',
      refund_recv_accout_0: '支付用户零钱',
      refund_success_time_0: '2026-01-01 12:00:03',
    },
  })
})

test('the trade says REFUND from the first accepted refund on, and is still paid', () => {
  const { ledger, payment } = paidOrder()
  ledger.set({ queryReplies: 'full' })
  answerRequest(ledger, 'refund', { ...whole, refund_fee: '1' })
  expect(answerRequest(ledger, 'orderquery', number)).toMatchObject({
    fields: { trade_state: 'REFUND', transaction_id: payment.transaction_id },
  })
  expect(answerRequest(ledger, 'unifiedorder', order)).toMatchObject({ err_code: 'ORDERPAID' })
})

test('the same out_refund_no refunds once', () => {
  const { ledger } = paidOrder()
  const first = answerRequest(ledger, 'refund', whole)
  expect(answerRequest(ledger, 'refund', whole)).toEqual(first)
  expect(ledger.refunds(order.out_trade_no)).toHaveLength(1)
})

test.each([
  ['another refund_fee under the same number', { refund_fee: '100' }],
  ['a total_fee that is not the price', { out_refund_no: 'refund-2', total_fee: '128' }],
])('%s is refused', (_, changed) => {
  const { ledger } = paidOrder()
  answerRequest(ledger, 'refund', { ...whole, refund_fee: '1' })
  expect(answerRequest(ledger, 'refund', { ...whole, ...changed })).toMatchObject({
    kind: 'refuse',
    err_code: 'REFUND_FEE_MISMATCH',
  })
})

test("another trade's out_refund_no is refused", () => {
  const { ledger, pay } = paidOrder()
  answerRequest(ledger, 'refund', whole)
  const other = { out_trade_no: 'order-0002' }
  answerRequest(ledger, 'unifiedorder', { ...order, ...other })
  pay(other.out_trade_no)
  expect(answerRequest(ledger, 'refund', { ...whole, ...other })).toMatchObject({
    err_code: 'REFUND_FEE_MISMATCH',
  })
})

test('partial refunds may be as much as was paid', () => {
  const { ledger, time } = paidOrder()
  answerRequest(ledger, 'refund', { ...whole, refund_fee: '100' })
  time.advance(minute)
  const second = { ...whole, out_refund_no: 'refund-2' }
  expect(answerRequest(ledger, 'refund', { ...second, refund_fee: '30' })).toMatchObject({
    kind: 'refuse',
    err_code: 'REFUND_FEE_INVALID',
    err_code_des: '累计退款金额大于支付金额',
  })
  expect(answerRequest(ledger, 'refund', { ...second, refund_fee: '29' })).toMatchObject({
    kind: 'accept',
  })
})

test('nothing is left to refund of an order that was refunded', () => {
  const { ledger, time } = paidOrder()
  answerRequest(ledger, 'refund', whole)
  time.advance(minute)
  expect(answerRequest(ledger, 'refund', { ...whole, out_refund_no: 'refund-2' })).toMatchObject({
    kind: 'refuse',
    err_code_des: '订单已全额退款',
  })
})

/** A trade with so many refunds of 1 fen, `refund-1` and so on; `refund(n)` makes another. */
function partialRefunds(count: number) {
  const made = paidOrder()
  const refund = (n: number) => {
    made.time.advance(minute)
    return answerRequest(made.ledger, 'refund', {
      ...whole,
      out_refund_no: `refund-${n}`,
      refund_fee: '1',
    })
  }
  for (let n = 1; n <= count; n++) expect(refund(n)).toMatchObject({ kind: 'accept' })
  return { ...made, refund }
}

test('fifty partial refunds are the most', () => {
  const { ledger, refund } = partialRefunds(50)
  expect(refund(51)).toEqual({
    kind: 'refuse',
    err_code: 'ERROR',
    err_code_des: '部分退款次数超过限制',
  })
  expect(refund(50)).toMatchObject({ kind: 'accept' })
  expect(ledger.refunds(order.out_trade_no)).toHaveLength(50)
})

test('an unpaid order has nothing to refund', () => {
  const { ledger } = makeLedger()
  answerRequest(ledger, 'unifiedorder', order)
  expect(answerRequest(ledger, 'refund', whole)).toMatchObject({
    kind: 'refuse',
    err_code: 'TRADE_STATE_ERROR',
  })
})

test('an order that does not exist cannot be refunded', () => {
  const { ledger } = makeLedger()
  expect(answerRequest(ledger, 'refund', whole)).toMatchObject({
    err_code: 'ORDERNOTEXIST',
    err_code_des: '订单不存在',
  })
})

test('a refund is refused when the payment is older than a year', () => {
  const { ledger, time } = paidOrder()
  time.advance(365 * day + 1)
  expect(answerRequest(ledger, 'refund', whole)).toMatchObject({
    kind: 'refuse',
    err_code: 'TRADE_OVERDUE',
  })
})

test.each([
  ['refund_fee', '0'],
  ['refund_fee', '1.5'],
  ['total_fee', '1e2'],
  ['out_refund_no', 'a b'],
])('a refund whose %s is %p is not taken', (name, text) => {
  const { ledger } = paidOrder()
  const answer = answerRequest(ledger, 'refund', { ...whole, [name]: text })
  expect(answer).toEqual({ kind: 'fail', return_msg: `invalid ${name}` })
})

test('a closed refund gives the money back to the merchant, for a refund of another number', () => {
  const { ledger, time } = paidOrder('REFUNDCLOSE')
  answerRequest(ledger, 'refund', whole)
  time.advance(3000)
  expect(answerRequest(ledger, 'refundquery', byNumber)).toMatchObject({
    fields: { refund_status_0: 'REFUNDCLOSE' },
  })
  time.advance(minute)
  expect(answerRequest(ledger, 'refund', { ...whole, out_refund_no: 'refund-2' })).toMatchObject({
    kind: 'accept',
  })
})

test('the number of a closed refund never refunds again', () => {
  const { ledger, time } = paidOrder('REFUNDCLOSE')
  answerRequest(ledger, 'refund', whole)
  time.advance(3000)
  ledger.setRefundOutcome(order.out_trade_no, 'SUCCESS')
  answerRequest(ledger, 'refund', whole)
  time.advance(3000)
  expect(answerRequest(ledger, 'refundquery', byNumber)).toMatchObject({
    fields: { refund_status_0: 'REFUNDCLOSE' },
  })
})

test('a CHANGE still binds the money, and a person can settle it', () => {
  const { ledger, time } = paidOrder('CHANGE')
  answerRequest(ledger, 'refund', whole)
  time.advance(3000)
  expect(answerRequest(ledger, 'refundquery', byNumber)).toMatchObject({
    fields: { refund_status_0: 'CHANGE' },
  })
  time.advance(minute)
  expect(answerRequest(ledger, 'refund', { ...whole, out_refund_no: 'refund-2' })).toMatchObject({
    err_code_des: '订单已全额退款',
  })
  ledger.settleRefund(whole.out_refund_no, 'SUCCESS')
  expect(answerRequest(ledger, 'refundquery', byNumber)).toMatchObject({
    fields: { refund_status_0: 'SUCCESS' },
  })
})

/** A trade with two refunds, and every number that the first one can be found by. */
function twoRefunds() {
  const made = paidOrder()
  answerRequest(made.ledger, 'refund', { ...whole, refund_fee: '1' })
  made.time.advance(minute)
  answerRequest(made.ledger, 'refund', { ...whole, out_refund_no: 'refund-2', refund_fee: '2' })
  const { refund_id } = made.ledger.refunds(order.out_trade_no)[0]!
  return { ...made, refund_id, transaction_id: made.payment.transaction_id }
}

test('a refund_id counts before every other number', () => {
  const { ledger, refund_id } = twoRefunds()
  expect(
    answerRequest(ledger, 'refundquery', { refund_id, out_refund_no: 'refund-2', ...number }),
  ).toMatchObject({
    fields: { refund_count: '1', out_refund_no_0: 'refund-1' },
  })
})

test("an out_refund_no counts before the trade's numbers", () => {
  const { ledger, transaction_id } = twoRefunds()
  expect(
    answerRequest(ledger, 'refundquery', { ...byNumber, transaction_id, ...number }),
  ).toMatchObject({
    fields: { refund_count: '1', out_refund_no_0: 'refund-1' },
  })
})

test('a transaction_id counts before the out_trade_no and finds all refunds', () => {
  const { ledger, transaction_id } = twoRefunds()
  expect(
    answerRequest(ledger, 'refundquery', { transaction_id, out_trade_no: 'another' }),
  ).toMatchObject({
    fields: { refund_count: '2', out_refund_no_0: 'refund-1', out_refund_no_1: 'refund-2' },
  })
})

test('an out_trade_no finds all refunds', () => {
  const { ledger } = twoRefunds()
  expect(answerRequest(ledger, 'refundquery', number)).toMatchObject({
    fields: { refund_count: '2' },
  })
})

test('refunds come ten a page, from the offset on', () => {
  const { ledger } = partialRefunds(12)
  const page = (offset: string) => answerRequest(ledger, 'refundquery', { ...number, offset })
  expect(page('0')).toMatchObject({ fields: { total_refund_count: '12', refund_count: '10' } })
  expect(page('10')).toMatchObject({
    fields: {
      total_refund_count: '12',
      refund_count: '2',
      out_refund_no_0: 'refund-11',
      out_refund_no_1: 'refund-12',
    },
  })
  expect(page('12')).toMatchObject({ err_code: 'REFUNDNOTEXIST' })
  expect(page('-1')).toEqual({ kind: 'fail', return_msg: 'invalid offset' })
})

test('fifty refunds are five whole pages', () => {
  const { ledger } = partialRefunds(50)
  const page = (offset: number) =>
    answerRequest(ledger, 'refundquery', { ...number, offset: `${offset}` })
  for (const first of [0, 10, 20, 30, 40]) {
    expect(page(first)).toMatchObject({
      fields: {
        total_refund_count: '50',
        refund_count: '10',
        out_refund_no_0: `refund-${first + 1}`,
        out_refund_no_9: `refund-${first + 10}`,
      },
    })
    expect(page(first)).not.toHaveProperty('fields.out_refund_no_10')
  }
  expect(page(50)).toEqual({
    kind: 'refuse',
    err_code: 'REFUNDNOTEXIST',
    err_code_des: 'not exist',
  })
})

test.each([
  ['with offset 0', { offset: '0' }, '12'],
  ['with another offset', { offset: '3' }, '12'],
  ['without an offset', {}, undefined],
  ['with an empty offset', { offset: '' }, undefined],
])('a query %s tells how many refunds there are: %p, %p', (_, fields, total) => {
  const { ledger } = partialRefunds(12)
  const answer = answerRequest(ledger, 'refundquery', { ...number, ...fields }) as {
    fields: Fields
  }
  expect(answer.fields.total_refund_count).toBe(total)
})

test.each([
  ['an order without refunds', number],
  ['an unknown order', { out_trade_no: 'nothing' }],
  ['an unknown refund', { out_refund_no: 'nothing', ...number }],
])('a query for %s finds nothing', (_, fields) => {
  const { ledger } = paidOrder()
  expect(answerRequest(ledger, 'refundquery', fields)).toEqual({
    kind: 'refuse',
    err_code: 'REFUNDNOTEXIST',
    err_code_des: 'not exist',
  })
})
