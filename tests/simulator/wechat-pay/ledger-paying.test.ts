import { formatTime } from '../../../simulator/wechat-pay/beijing-time'
import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import { HOUR, makeLedger, MINUTE, ORDER, PAYER_OPENID } from './support'

const ORDER_NUMBER = { out_trade_no: ORDER.out_trade_no }

/** Creates an order that is old enough to be closed, with the actions of its payer. */
function ordered(fields: object = {}) {
  const made = makeLedger()
  const first = handleRequest(made.ledger, 'unifiedorder', { ...ORDER, ...fields })
  made.time.advance(5 * MINUTE)
  const { prepay_id } = made.ledger.trade(ORDER.out_trade_no)!
  return {
    ...made,
    first,
    begin: () => made.ledger.beginPaying(prepay_id, PAYER_OPENID),
    fail: () => made.ledger.failPaying(prepay_id, PAYER_OPENID),
    cancel: () => made.ledger.cancelPaying(prepay_id, PAYER_OPENID),
    state: () => (handleRequest(made.ledger, 'orderquery', ORDER_NUMBER) as any).fields.trade_state,
  }
}

describe('an order whose payer has begun to pay', () => {
  test('is USERPAYING, and a query returns nothing else', () => {
    const { ledger, begin } = ordered()
    expect(begin()).toMatchObject({ _id: ORDER.out_trade_no })
    expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toEqual({
      kind: 'accept',
      fields: { ...ORDER_NUMBER, trade_state: 'USERPAYING', trade_state_desc: '用户支付中' },
    })
  })

  test('cannot be closed, and stays open after the attempt', () => {
    const { ledger, begin, state, pay } = ordered()
    begin()
    expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
      kind: 'refuse',
      err_code: 'USERPAYING',
    })
    expect(state()).toBe('USERPAYING')
    expect(pay()).toMatchObject({ _id: ORDER.out_trade_no })
  })

  test('returns the same prepay_id when it is ordered again', () => {
    const { ledger, first, begin } = ordered()
    begin()
    expect(handleRequest(ledger, 'unifiedorder', ORDER)).toEqual(first)
    expect(handleRequest(ledger, 'unifiedorder', { ...ORDER, body: 'x' })).toMatchObject({
      err_code: 'INVALID_REQUEST',
    })
  })

  test('is paid when the payer confirms', () => {
    const { ledger, begin, pay, state } = ordered()
    begin()
    pay()
    expect(state()).toBe('SUCCESS')
    expect(ledger.trade(ORDER.out_trade_no)).not.toHaveProperty('attempt')
    expect(begin()).toMatchObject({ code: 'ORDERPAID' })
  })

  test('is NOTPAY again when the payer cancels, and can then be closed', () => {
    const { ledger, begin, cancel, state } = ordered()
    begin()
    cancel()
    expect(state()).toBe('NOTPAY')
    expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({ kind: 'accept' })
    expect(begin()).toMatchObject({ code: 'ORDERCLOSED' })
  })

  test('is closed by WeChat when it expires, like any other order', () => {
    const { ledger, time, begin, state, pay } = ordered({
      time_expire: formatTime(Date.UTC(2026, 0, 1, 5)),
    })
    begin()
    time.advance(55 * MINUTE)
    expect(state()).toBe('USERPAYING')
    expect(pay()).toMatchObject({ code: 'ORDEREXPIRED' })
    time.advance(5 * MINUTE)
    expect(state()).toBe('CLOSED')
    expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
      err_code: 'ORDERCLOSED',
    })
  })
})

describe('an order whose payment failed', () => {
  test('is PAYERROR, and a query returns nothing else', () => {
    const { ledger, begin, fail } = ordered()
    begin()
    expect(fail()).toMatchObject({ _id: ORDER.out_trade_no })
    expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toEqual({
      kind: 'accept',
      fields: { ...ORDER_NUMBER, trade_state: 'PAYERROR', trade_state_desc: '支付失败' },
    })
  })

  test('can be paid again', () => {
    const { first, ledger, fail, begin, state, pay } = ordered()
    fail()
    expect(handleRequest(ledger, 'unifiedorder', ORDER)).toEqual(first)
    begin()
    expect(state()).toBe('USERPAYING')
    pay()
    expect(state()).toBe('SUCCESS')
  })

  test('can be closed', () => {
    const { ledger, fail, state, pay } = ordered()
    fail()
    expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({ kind: 'accept' })
    expect(state()).toBe('CLOSED')
    expect(pay()).toMatchObject({ code: 'ORDERCLOSED' })
  })

  test('is PAYERROR while its close is not visible yet', () => {
    const { ledger, fail, state } = ordered()
    ledger.set({ closeShowsAfterMs: 1000 })
    fail()
    handleRequest(ledger, 'closeorder', ORDER_NUMBER)
    expect(state()).toBe('PAYERROR')
  })
})

describe('a revoked order', () => {
  test('stays REVOKED, and a query returns nothing else', () => {
    const { ledger, time } = ordered({ time_expire: formatTime(Date.UTC(2026, 0, 1, 5)) })
    ledger.revoke(ORDER.out_trade_no)
    time.advance(2 * HOUR)
    expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).toEqual({
      kind: 'accept',
      fields: { ...ORDER_NUMBER, trade_state: 'REVOKED', trade_state_desc: '订单已撤销' },
    })
  })

  test('cannot be paid, ordered again or closed', () => {
    const { ledger, pay, begin, fail, state } = ordered()
    ledger.revoke(ORDER.out_trade_no)
    expect(pay()).toMatchObject({ code: 'ORDERCLOSED', reason: 'the order is revoked' })
    expect(begin()).toMatchObject({ code: 'ORDERCLOSED' })
    expect(fail()).toMatchObject({ code: 'ORDERCLOSED' })
    expect(handleRequest(ledger, 'unifiedorder', ORDER)).toMatchObject({ err_code: 'ORDERCLOSED' })
    expect(handleRequest(ledger, 'closeorder', ORDER_NUMBER)).toMatchObject({
      err_code: 'ORDERCLOSED',
    })
    expect(state()).toBe('REVOKED')
  })

  test('has no price in a full reply, like a closed order', () => {
    const { ledger } = ordered()
    ledger.set({ queryReplies: 'full' })
    ledger.revoke(ORDER.out_trade_no)
    expect(handleRequest(ledger, 'orderquery', ORDER_NUMBER)).not.toHaveProperty('fields.total_fee')
  })

  test('may be revoked while its payer is paying, and twice', () => {
    const { ledger, begin, pay, state } = ordered()
    begin()
    ledger.revoke(ORDER.out_trade_no)
    ledger.revoke(ORDER.out_trade_no)
    expect(state()).toBe('REVOKED')
    expect(pay()).toMatchObject({ code: 'ORDERCLOSED' })
  })
})

test.each([
  ['paid', 'SUCCESS', ({ pay }: ReturnType<typeof ordered>) => void pay()],
  [
    'closed',
    'CLOSED',
    ({ ledger }: ReturnType<typeof ordered>) =>
      void handleRequest(ledger, 'closeorder', ORDER_NUMBER),
  ],
])('a %s order cannot be revoked', (_, state, act) => {
  const made = ordered()
  act(made)
  expect(() => made.ledger.revoke(ORDER.out_trade_no)).toThrow(`the trade order-0001 is ${state}`)
  expect(made.state()).toBe(state)
})

test('an order that does not exist cannot be revoked', () => {
  expect(() => makeLedger().ledger.revoke('nothing')).toThrow('there is no trade nothing')
})

test('another shopper can neither begin nor fail the payment of an order', () => {
  const { ledger, state } = ordered()
  const { prepay_id } = ledger.trade(ORDER.out_trade_no)!
  expect(ledger.beginPaying(prepay_id, 'oStranger')).toMatchObject({ code: 'OTHER_PAYER' })
  expect(ledger.failPaying(prepay_id, 'oStranger')).toMatchObject({ code: 'OTHER_PAYER' })
  expect(state()).toBe('NOTPAY')
})
