import path from 'node:path'
import { Store } from '../../../simulator/kit/store'
import { answerRequest } from '../../../simulator/wechat-pay/endpoints'
import type { LedgerOptions } from '../../../simulator/wechat-pay/ledger'
import { makeLedger, minute, order, temporaryFolder } from './support'

const number = { out_trade_no: order.out_trade_no }
const whole = { ...number, out_refund_no: 'refund-1', total_fee: '129', refund_fee: '129' }
const unsettled = { refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS' }
const available = { refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS' }
const notEnough = {
  kind: 'refuse',
  err_code: 'NOTENOUGH',
  err_code_des: '基本账户余额不足，请充值后重新发起',
}
const folder = temporaryFolder()

/** A trade of 129 fen that was paid. */
function paidOrder(options: Partial<LedgerOptions> = {}) {
  const made = makeLedger(options)
  answerRequest(made.ledger, 'unifiedorder', order)
  made.pay()
  return made
}

test('without a setting the merchant has money without end', () => {
  const { ledger } = paidOrder()
  expect(ledger.settings).toMatchObject({ unsettledFunds: Infinity, availableBalance: Infinity })
  expect(answerRequest(ledger, 'refund', whole)).toMatchObject({ kind: 'accept' })
})

test('a payment goes into the unsettled funds, and a refund comes out of them', () => {
  const { ledger } = paidOrder({ unsettledFunds: 1000, availableBalance: 500 })
  expect(ledger.settings.unsettledFunds).toBe(1129)
  answerRequest(ledger, 'refund', { ...whole, refund_fee: '29' })
  expect(ledger.settings).toMatchObject({ unsettledFunds: 1100, availableBalance: 500 })
})

test.each([
  ['names no account', {}],
  ['names no account, in so many words', { refund_account: '' }],
  ['names the unsettled funds', unsettled],
])('a refund that %s needs enough in the unsettled funds', (_, account) => {
  const { ledger, time } = paidOrder()
  ledger.set({ unsettledFunds: 128 })
  expect(answerRequest(ledger, 'refund', { ...whole, ...account })).toEqual(notEnough)
  expect(ledger.refunds(order.out_trade_no)).toEqual([])
  ledger.set({ unsettledFunds: 129 })
  time.advance(1000)
  expect(answerRequest(ledger, 'refund', { ...whole, ...account })).toMatchObject({
    kind: 'accept',
  })
  expect(ledger.settings.unsettledFunds).toBe(0)
})

test('a refund from the available balance needs enough in it, and in no other account', () => {
  const { ledger } = paidOrder()
  ledger.set({ unsettledFunds: 0, availableBalance: 128 })
  expect(answerRequest(ledger, 'refund', { ...whole, ...available })).toEqual(notEnough)
  ledger.set({ availableBalance: 200 })
  expect(answerRequest(ledger, 'refund', { ...whole, ...available })).toMatchObject({
    kind: 'accept',
  })
  expect(ledger.settings).toMatchObject({ unsettledFunds: 0, availableBalance: 71 })
})

test('the available balance does not help a refund from the unsettled funds', () => {
  const { ledger } = paidOrder({ availableBalance: 1000 })
  ledger.set({ unsettledFunds: 0 })
  expect(answerRequest(ledger, 'refund', whole)).toEqual(notEnough)
})

test("another trade's payment helps", () => {
  const { ledger, pay } = paidOrder()
  ledger.set({ unsettledFunds: 0 })
  answerRequest(ledger, 'unifiedorder', { ...order, out_trade_no: 'order-0002' })
  pay('order-0002')
  expect(answerRequest(ledger, 'refund', whole)).toMatchObject({ kind: 'accept' })
})

test('a refund by hand comes out of the unsettled funds', () => {
  const { ledger } = paidOrder()
  ledger.set({ unsettledFunds: 100 })
  expect(ledger.refundByHand({ ...number, refund_fee: 101 })).toEqual(notEnough)
  expect(ledger.refundByHand({ ...number, refund_fee: 100 })).toMatchObject({ kind: 'accept' })
})

test('an unknown account is refused', () => {
  const { ledger } = paidOrder()
  expect(answerRequest(ledger, 'refund', { ...whole, refund_account: 'PIGGY_BANK' })).toMatchObject(
    {
      kind: 'refuse',
      err_code: 'PARAM_ERROR',
    },
  )
})

test('the same out_refund_no is answered as before when the money has run out', () => {
  const { ledger } = paidOrder()
  const first = answerRequest(ledger, 'refund', whole)
  ledger.set({ unsettledFunds: 0 })
  expect(answerRequest(ledger, 'refund', whole)).toEqual(first)
})

test('a refund that was refused for lack of money can be sent again with the same number', () => {
  const { ledger } = paidOrder()
  ledger.set({ unsettledFunds: 0 })
  answerRequest(ledger, 'refund', whole)
  expect(answerRequest(ledger, 'refundquery', number)).toMatchObject({ err_code: 'REFUNDNOTEXIST' })
  ledger.set({ unsettledFunds: 200 })
  expect(answerRequest(ledger, 'refund', whole)).toMatchObject({ kind: 'accept' })
})

test.each([
  ['unsettledFunds', unsettled],
  ['availableBalance', available],
] as const)('a closed refund gives its money back to the %s', (name, account) => {
  const { ledger, time } = paidOrder()
  ledger.set({ [name]: 130 })
  ledger.setRefundOutcome(order.out_trade_no, 'REFUNDCLOSE')
  answerRequest(ledger, 'refund', { ...whole, ...account })
  time.advance(2999)
  expect(ledger.settings[name]).toBe(1)
  time.advance(1)
  expect(ledger.settings[name]).toBe(130)
  time.advance(minute)
  const second = { ...whole, ...account, out_refund_no: 'refund-2' }
  expect(answerRequest(ledger, 'refund', second)).toMatchObject({ kind: 'accept' })
})

test('a refund in CHANGE keeps its money', () => {
  const { ledger, time } = paidOrder()
  ledger.set({ unsettledFunds: 130 })
  ledger.setRefundOutcome(order.out_trade_no, 'CHANGE')
  answerRequest(ledger, 'refund', whole)
  time.advance(minute)
  expect(ledger.settings.unsettledFunds).toBe(1)
})

test('the money survives a restart', () => {
  const file = path.join(folder, 'limited.journal')
  const first = Store.open(file)
  const before = paidOrder({ store: first, unsettledFunds: 1000 })
  before.ledger.set({ availableBalance: 50 })
  answerRequest(before.ledger, 'refund', { ...whole, refund_fee: '29' })
  first.close()

  const second = Store.open(file)
  const after = makeLedger({ store: second, clock: before.clock, unsettledFunds: 1000 })
  expect(after.ledger.settings).toMatchObject({ unsettledFunds: 1100, availableBalance: 50 })
  second.close()
})

test('money without end survives a restart, too', () => {
  const file = path.join(folder, 'endless.journal')
  const first = Store.open(file)
  makeLedger({ store: first, unsettledFunds: 0 }).ledger.set({ unsettledFunds: Infinity })
  first.close()
  const second = Store.open(file)
  const { ledger } = makeLedger({ store: second, unsettledFunds: 0 })
  expect(ledger.settings.unsettledFunds).toBe(Infinity)
  second.close()
})
