import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import type { RefundOutcome } from '../../../simulator/wechat-pay/ledger/entities'
import type { Fields } from '../../../simulator/wechat-pay/xml'
import { makeLedger, MINUTE, ORDER } from './support'

const DAY = 24 * 3600_000
const ORDER_NUMBER = { out_trade_no: ORDER.out_trade_no }
const FULL_REFUND = {
  ...ORDER_NUMBER,
  out_refund_no: 'refund-1',
  total_fee: '129',
  refund_fee: '129',
}
const BY_REFUND_NUMBER = { out_refund_no: FULL_REFUND.out_refund_no }

function paidOrder(outcome?: RefundOutcome) {
  const made = makeLedger()
  handleRequest(made.ledger, 'unifiedorder', ORDER)
  made.pay()
  if (outcome) made.ledger.setRefundOutcome(ORDER.out_trade_no, outcome)
  return { ...made, payment: made.ledger.trade(ORDER.out_trade_no)!.payment! }
}

test('a refund is accepted', () => {
  const { ledger, payment } = paidOrder()
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toEqual({
    kind: 'accept',
    fields: {
      ...FULL_REFUND,
      transaction_id: payment.transaction_id,
      refund_id: expect.stringMatching(/^\d{28}$/),
      cash_fee: '129',
    },
  })
})

test('a refund may name the trade by its transaction_id', () => {
  const { ledger, payment } = paidOrder()
  const { out_trade_no: _, ...rest } = FULL_REFUND
  const reply = handleRequest(ledger, 'refund', {
    ...rest,
    transaction_id: payment.transaction_id,
  })
  expect(reply).toMatchObject({ kind: 'accept', fields: ORDER_NUMBER })
})

test('an accepted refund is PROCESSING until it ends', () => {
  const { ledger, time } = paidOrder()
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(2999)
  const { fields } = handleRequest(ledger, 'refundquery', BY_REFUND_NUMBER) as { fields: object }
  expect(fields).toMatchObject({ refund_count: '1', refund_status_0: 'PROCESSING' })
  expect(fields).not.toHaveProperty('refund_success_time_0')
})

test('a query of an ended refund returns when and where the money went', () => {
  const { ledger, time } = paidOrder()
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(3000)
  expect(handleRequest(ledger, 'refundquery', BY_REFUND_NUMBER)).toMatchObject({
    kind: 'accept',
    fields: {
      ...ORDER_NUMBER,
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

test('from the first accepted refund the trade is REFUND, and still paid', () => {
  const { ledger, payment } = paidOrder()
  ledger.set({ queryReplies: 'full' })
  handleRequest(ledger, 'refund', { ...FULL_REFUND, refund_fee: '1' })
  expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toMatchObject({
    fields: { trade_state: 'REFUND', transaction_id: payment.transaction_id },
  })
  expect(handleRequest(ledger, 'unifiedorder', ORDER)).toMatchObject({ err_code: 'ORDERPAID' })
})

test('the same out_refund_no refunds once', () => {
  const { ledger } = paidOrder()
  const first = handleRequest(ledger, 'refund', FULL_REFUND)
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toEqual(first)
  expect(ledger.refunds(ORDER.out_trade_no)).toHaveLength(1)
})

test.each([
  ['another refund_fee under the same number', { refund_fee: '100' }],
  ['a total_fee that is not the price', { out_refund_no: 'refund-2', total_fee: '128' }],
])('%s is refused', (_, changed) => {
  const { ledger } = paidOrder()
  handleRequest(ledger, 'refund', { ...FULL_REFUND, refund_fee: '1' })
  expect(handleRequest(ledger, 'refund', { ...FULL_REFUND, ...changed })).toMatchObject({
    kind: 'refuse',
    err_code: 'REFUND_FEE_MISMATCH',
  })
})

test("another trade's out_refund_no is refused", () => {
  const { ledger, pay } = paidOrder()
  handleRequest(ledger, 'refund', FULL_REFUND)
  const other = { out_trade_no: 'order-0002' }
  handleRequest(ledger, 'unifiedorder', { ...ORDER, ...other })
  pay(other.out_trade_no)
  expect(handleRequest(ledger, 'refund', { ...FULL_REFUND, ...other })).toMatchObject({
    err_code: 'REFUND_FEE_MISMATCH',
  })
})

test('partial refunds may add up to the payment', () => {
  const { ledger, time } = paidOrder()
  handleRequest(ledger, 'refund', { ...FULL_REFUND, refund_fee: '100' })
  time.advance(MINUTE)
  const second = { ...FULL_REFUND, out_refund_no: 'refund-2' }
  expect(handleRequest(ledger, 'refund', { ...second, refund_fee: '30' })).toMatchObject({
    kind: 'refuse',
    err_code: 'REFUND_FEE_INVALID',
    err_code_des: '累计退款金额大于支付金额',
  })
  expect(handleRequest(ledger, 'refund', { ...second, refund_fee: '29' })).toMatchObject({
    kind: 'accept',
  })
})

test('a fully refunded order cannot be refunded again', () => {
  const { ledger, time } = paidOrder()
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(MINUTE)
  expect(
    handleRequest(ledger, 'refund', { ...FULL_REFUND, out_refund_no: 'refund-2' }),
  ).toMatchObject({
    kind: 'refuse',
    err_code_des: '订单已全额退款',
  })
})

/** Creates a trade with this many refunds of 1 fen, `refund-1`, …; `refund(n)` requests another. */
function partialRefunds(count: number) {
  const made = paidOrder()
  const refund = (n: number) => {
    made.time.advance(MINUTE)
    return handleRequest(made.ledger, 'refund', {
      ...FULL_REFUND,
      out_refund_no: `refund-${n}`,
      refund_fee: '1',
    })
  }
  for (let n = 1; n <= count; n++) expect(refund(n)).toMatchObject({ kind: 'accept' })
  return { ...made, refund }
}

test('at most fifty partial refunds are accepted', () => {
  const { ledger, refund } = partialRefunds(50)
  expect(refund(51)).toEqual({
    kind: 'refuse',
    err_code: 'ERROR',
    err_code_des: '部分退款次数超过限制',
  })
  expect(refund(50)).toMatchObject({ kind: 'accept' })
  expect(ledger.refunds(ORDER.out_trade_no)).toHaveLength(50)
})

test('an unpaid order cannot be refunded', () => {
  const { ledger } = makeLedger()
  handleRequest(ledger, 'unifiedorder', ORDER)
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toMatchObject({
    kind: 'refuse',
    err_code: 'TRADE_STATE_ERROR',
  })
})

test('an order that does not exist cannot be refunded', () => {
  const { ledger } = makeLedger()
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toMatchObject({
    err_code: 'ORDERNOTEXIST',
    err_code_des: '订单不存在',
  })
})

test('a refund is refused when the payment is older than a year', () => {
  const { ledger, time } = paidOrder()
  time.advance(365 * DAY + 1)
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toMatchObject({
    kind: 'refuse',
    err_code: 'TRADE_OVERDUE',
  })
})

test.each([
  ['refund_fee', '0'],
  ['refund_fee', '1.5'],
  ['total_fee', '1e2'],
  ['out_refund_no', 'a b'],
])('a refund whose %s is %p fails', (name, text) => {
  const { ledger } = paidOrder()
  const reply = handleRequest(ledger, 'refund', { ...FULL_REFUND, [name]: text })
  expect(reply).toEqual({ kind: 'fail', return_msg: `invalid ${name}` })
})

test('a closed refund gives its money back, and another number can refund it', () => {
  const { ledger, time } = paidOrder('REFUNDCLOSE')
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(3000)
  expect(handleRequest(ledger, 'refundquery', BY_REFUND_NUMBER)).toMatchObject({
    fields: { refund_status_0: 'REFUNDCLOSE' },
  })
  time.advance(MINUTE)
  expect(
    handleRequest(ledger, 'refund', { ...FULL_REFUND, out_refund_no: 'refund-2' }),
  ).toMatchObject({
    kind: 'accept',
  })
})

test('the number of a closed refund never refunds again', () => {
  const { ledger, time } = paidOrder('REFUNDCLOSE')
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(3000)
  ledger.setRefundOutcome(ORDER.out_trade_no, 'SUCCESS')
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(3000)
  expect(handleRequest(ledger, 'refundquery', BY_REFUND_NUMBER)).toMatchObject({
    fields: { refund_status_0: 'REFUNDCLOSE' },
  })
})

test('a refund in CHANGE still holds its money, and a person can end it', () => {
  const { ledger, time } = paidOrder('CHANGE')
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(3000)
  expect(handleRequest(ledger, 'refundquery', BY_REFUND_NUMBER)).toMatchObject({
    fields: { refund_status_0: 'CHANGE' },
  })
  time.advance(MINUTE)
  expect(
    handleRequest(ledger, 'refund', { ...FULL_REFUND, out_refund_no: 'refund-2' }),
  ).toMatchObject({
    err_code_des: '订单已全额退款',
  })
  ledger.endRefund(FULL_REFUND.out_refund_no, 'SUCCESS')
  expect(handleRequest(ledger, 'refundquery', BY_REFUND_NUMBER)).toMatchObject({
    fields: { refund_status_0: 'SUCCESS' },
  })
})

/** Creates a trade with two refunds, with all numbers that identify the first one. */
function twoRefunds() {
  const made = paidOrder()
  handleRequest(made.ledger, 'refund', { ...FULL_REFUND, refund_fee: '1' })
  made.time.advance(MINUTE)
  handleRequest(made.ledger, 'refund', {
    ...FULL_REFUND,
    out_refund_no: 'refund-2',
    refund_fee: '2',
  })
  const { refund_id } = made.ledger.refunds(ORDER.out_trade_no)[0]!
  return { ...made, refund_id, transaction_id: made.payment.transaction_id }
}

test('a refund_id precedes every other number', () => {
  const { ledger, refund_id } = twoRefunds()
  expect(
    handleRequest(ledger, 'refundquery', { refund_id, out_refund_no: 'refund-2', ...ORDER_NUMBER }),
  ).toMatchObject({
    fields: { refund_count: '1', out_refund_no_0: 'refund-1' },
  })
})

test("an out_refund_no precedes the trade's numbers", () => {
  const { ledger, transaction_id } = twoRefunds()
  expect(
    handleRequest(ledger, 'refundquery', { ...BY_REFUND_NUMBER, transaction_id, ...ORDER_NUMBER }),
  ).toMatchObject({
    fields: { refund_count: '1', out_refund_no_0: 'refund-1' },
  })
})

test('a transaction_id precedes the out_trade_no and finds all refunds', () => {
  const { ledger, transaction_id } = twoRefunds()
  expect(
    handleRequest(ledger, 'refundquery', { transaction_id, out_trade_no: 'another' }),
  ).toMatchObject({
    fields: { refund_count: '2', out_refund_no_0: 'refund-1', out_refund_no_1: 'refund-2' },
  })
})

test('an out_trade_no finds all refunds', () => {
  const { ledger } = twoRefunds()
  expect(handleRequest(ledger, 'refundquery', ORDER_NUMBER)).toMatchObject({
    fields: { refund_count: '2' },
  })
})

test('a query returns ten refunds per page, starting at the offset', () => {
  const { ledger } = partialRefunds(12)
  const page = (offset: string) => handleRequest(ledger, 'refundquery', { ...ORDER_NUMBER, offset })
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

test('fifty refunds are five full pages', () => {
  const { ledger } = partialRefunds(50)
  const page = (offset: number) =>
    handleRequest(ledger, 'refundquery', { ...ORDER_NUMBER, offset: `${offset}` })
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
])('a query %s (%p) returns the total count %p', (_, fields, total) => {
  const { ledger } = partialRefunds(12)
  const reply = handleRequest(ledger, 'refundquery', { ...ORDER_NUMBER, ...fields }) as {
    fields: Fields
  }
  expect(reply.fields.total_refund_count).toBe(total)
})

test.each([
  ['an order without refunds', ORDER_NUMBER],
  ['an unknown order', { out_trade_no: 'nothing' }],
  ['an unknown refund', { out_refund_no: 'nothing', ...ORDER_NUMBER }],
])('a query for %s finds nothing', (_, fields) => {
  const { ledger } = paidOrder()
  expect(handleRequest(ledger, 'refundquery', fields)).toEqual({
    kind: 'refuse',
    err_code: 'REFUNDNOTEXIST',
    err_code_des: 'not exist',
  })
})
