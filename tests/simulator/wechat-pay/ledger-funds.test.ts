import path from 'node:path'
import { Store } from '../../../simulator/kit/store'
import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import type { LedgerOptions } from '../../../simulator/wechat-pay/ledger'
import { makeLedger, MINUTE, ORDER, temporaryFolder } from './support'

const ORDER_NUMBER = { out_trade_no: ORDER.out_trade_no }
const FULL_REFUND = {
  ...ORDER_NUMBER,
  out_refund_no: 'refund-1',
  total_fee: '129',
  refund_fee: '129',
}
const FROM_UNSETTLED_FUNDS = { refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS' }
const FROM_AVAILABLE_BALANCE = { refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS' }
const NOT_ENOUGH = {
  kind: 'refuse',
  err_code: 'NOTENOUGH',
  err_code_des: '基本账户余额不足，请充值后重新发起',
}
const folder = temporaryFolder()

/** Creates a ledger with a paid trade of 129 fen. */
function paidOrder(options: Partial<LedgerOptions> = {}) {
  const made = makeLedger(options)
  handleRequest(made.ledger, 'unifiedorder', ORDER)
  made.pay()
  return made
}

test('without a setting the merchant has unlimited money', () => {
  const { ledger } = paidOrder()
  expect(ledger.settings).toMatchObject({ unsettledFunds: Infinity, availableBalance: Infinity })
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toMatchObject({ kind: 'accept' })
})

test('a payment is added to the unsettled funds, and a refund is taken from them', () => {
  const { ledger } = paidOrder({ unsettledFunds: 1000, availableBalance: 500 })
  expect(ledger.settings.unsettledFunds).toBe(1129)
  handleRequest(ledger, 'refund', { ...FULL_REFUND, refund_fee: '29' })
  expect(ledger.settings).toMatchObject({ unsettledFunds: 1100, availableBalance: 500 })
})

test.each([
  ['names no account', {}],
  ['names an empty account', { refund_account: '' }],
  ['names the unsettled funds', FROM_UNSETTLED_FUNDS],
])('a refund that %s needs enough in the unsettled funds', (_, account) => {
  const { ledger, time } = paidOrder()
  ledger.set({ unsettledFunds: 128 })
  expect(handleRequest(ledger, 'refund', { ...FULL_REFUND, ...account })).toEqual(NOT_ENOUGH)
  expect(ledger.refunds(ORDER.out_trade_no)).toEqual([])
  ledger.set({ unsettledFunds: 129 })
  time.advance(1000)
  expect(handleRequest(ledger, 'refund', { ...FULL_REFUND, ...account })).toMatchObject({
    kind: 'accept',
  })
  expect(ledger.settings.unsettledFunds).toBe(0)
})

test('a refund from the available balance needs enough only in that account', () => {
  const { ledger } = paidOrder()
  ledger.set({ unsettledFunds: 0, availableBalance: 128 })
  expect(handleRequest(ledger, 'refund', { ...FULL_REFUND, ...FROM_AVAILABLE_BALANCE })).toEqual(
    NOT_ENOUGH,
  )
  ledger.set({ availableBalance: 200 })
  expect(
    handleRequest(ledger, 'refund', { ...FULL_REFUND, ...FROM_AVAILABLE_BALANCE }),
  ).toMatchObject({
    kind: 'accept',
  })
  expect(ledger.settings).toMatchObject({ unsettledFunds: 0, availableBalance: 71 })
})

test('a refund from the unsettled funds does not use the available balance', () => {
  const { ledger } = paidOrder({ availableBalance: 1000 })
  ledger.set({ unsettledFunds: 0 })
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toEqual(NOT_ENOUGH)
})

test("a refund can use another trade's payment", () => {
  const { ledger, pay } = paidOrder()
  ledger.set({ unsettledFunds: 0 })
  handleRequest(ledger, 'unifiedorder', { ...ORDER, out_trade_no: 'order-0002' })
  pay('order-0002')
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toMatchObject({ kind: 'accept' })
})

test('a refund by hand is taken from the unsettled funds', () => {
  const { ledger } = paidOrder()
  ledger.set({ unsettledFunds: 100 })
  expect(ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 101 })).toEqual(NOT_ENOUGH)
  expect(ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 100 })).toMatchObject({
    kind: 'accept',
  })
})

test('an unknown account is refused', () => {
  const { ledger } = paidOrder()
  expect(
    handleRequest(ledger, 'refund', { ...FULL_REFUND, refund_account: 'PIGGY_BANK' }),
  ).toMatchObject({
    kind: 'refuse',
    err_code: 'PARAM_ERROR',
  })
})

test('a repeated out_refund_no gets the first answer even when no money is left', () => {
  const { ledger } = paidOrder()
  const first = handleRequest(ledger, 'refund', FULL_REFUND)
  ledger.set({ unsettledFunds: 0 })
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toEqual(first)
})

test('a refund refused for lack of money can be repeated with the same number', () => {
  const { ledger } = paidOrder()
  ledger.set({ unsettledFunds: 0 })
  handleRequest(ledger, 'refund', FULL_REFUND)
  expect(handleRequest(ledger, 'refundquery', ORDER_NUMBER)).toMatchObject({
    err_code: 'REFUNDNOTEXIST',
  })
  ledger.set({ unsettledFunds: 200 })
  expect(handleRequest(ledger, 'refund', FULL_REFUND)).toMatchObject({ kind: 'accept' })
})

test.each([
  ['unsettledFunds', FROM_UNSETTLED_FUNDS],
  ['availableBalance', FROM_AVAILABLE_BALANCE],
] as const)('a closed refund gives its money back to the %s', (name, account) => {
  const { ledger, time } = paidOrder()
  ledger.set({ [name]: 130 })
  ledger.setRefundOutcome(ORDER.out_trade_no, 'REFUNDCLOSE')
  handleRequest(ledger, 'refund', { ...FULL_REFUND, ...account })
  time.advance(2999)
  expect(ledger.settings[name]).toBe(1)
  time.advance(1)
  expect(ledger.settings[name]).toBe(130)
  time.advance(MINUTE)
  const second = { ...FULL_REFUND, ...account, out_refund_no: 'refund-2' }
  expect(handleRequest(ledger, 'refund', second)).toMatchObject({ kind: 'accept' })
})

test('a refund in CHANGE does not give its money back', () => {
  const { ledger, time } = paidOrder()
  ledger.set({ unsettledFunds: 130 })
  ledger.setRefundOutcome(ORDER.out_trade_no, 'CHANGE')
  handleRequest(ledger, 'refund', FULL_REFUND)
  time.advance(MINUTE)
  expect(ledger.settings.unsettledFunds).toBe(1)
})

test('the money survives a restart', () => {
  const file = path.join(folder, 'limited.journal')
  const first = Store.open(file)
  const before = paidOrder({ store: first, unsettledFunds: 1000 })
  before.ledger.set({ availableBalance: 50 })
  handleRequest(before.ledger, 'refund', { ...FULL_REFUND, refund_fee: '29' })
  first.close()

  const second = Store.open(file)
  const after = makeLedger({ store: second, clock: before.clock, unsettledFunds: 1000 })
  expect(after.ledger.settings).toMatchObject({ unsettledFunds: 1100, availableBalance: 50 })
  second.close()
})

test('unlimited money survives a restart too', () => {
  const file = path.join(folder, 'endless.journal')
  const first = Store.open(file)
  makeLedger({ store: first, unsettledFunds: 0 }).ledger.set({ unsettledFunds: Infinity })
  first.close()
  const second = Store.open(file)
  const { ledger } = makeLedger({ store: second, unsettledFunds: 0 })
  expect(ledger.settings.unsettledFunds).toBe(Infinity)
  second.close()
})
