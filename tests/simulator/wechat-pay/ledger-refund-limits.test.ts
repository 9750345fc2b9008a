import { handleRequest } from '../../../simulator/wechat-pay/endpoints'
import { makeLedger, MINUTE, ORDER } from './support'

const ORDER_NUMBER = { out_trade_no: ORDER.out_trade_no }
const OTHER_ORDER = { out_trade_no: 'order-0002' }
const FREQUENCY_LIMITED = {
  kind: 'refuse',
  err_code: 'FREQUENCY_LIMITED',
  err_code_des: '频率限制',
}

/** Creates a ledger with two paid trades; `refund` requests 1 fen of the first. */
function twoPaidOrders(options: Parameters<typeof makeLedger>[0] = {}) {
  const made = makeLedger(options)
  for (const trade of [ORDER_NUMBER, OTHER_ORDER]) {
    handleRequest(made.ledger, 'unifiedorder', { ...ORDER, ...trade })
    made.pay(trade.out_trade_no)
  }
  const refund = (out_refund_no: string, changed: object = {}) =>
    handleRequest(made.ledger, 'refund', {
      ...ORDER_NUMBER,
      out_refund_no,
      total_fee: ORDER.total_fee,
      refund_fee: '1',
      ...changed,
    })
  return { ...made, refund }
}

describe('within a minute of an accepted refund', () => {
  test('another refund of the trade is refused, and changes nothing', () => {
    const { ledger, time, refund } = twoPaidOrders()
    refund('refund-1')
    time.advance(MINUTE - 1)
    expect(refund('refund-2')).toEqual(FREQUENCY_LIMITED)
    expect(ledger.refunds(ORDER.out_trade_no)).toHaveLength(1)
    time.advance(1)
    expect(refund('refund-2')).toMatchObject({ kind: 'accept' })
  })

  test('the minute begins with the latest accepted refund', () => {
    const { time, refund } = twoPaidOrders()
    refund('refund-1')
    time.advance(MINUTE)
    refund('refund-2')
    time.advance(MINUTE - 1)
    expect(refund('refund-3')).toEqual(FREQUENCY_LIMITED)
    time.advance(1)
    expect(refund('refund-3')).toMatchObject({ kind: 'accept' })
  })

  test('another refund is refused even when the first was closed', () => {
    const { ledger, time, refund } = twoPaidOrders()
    refund('refund-1')
    ledger.endRefund('refund-1', 'REFUNDCLOSE')
    time.advance(MINUTE - 1)
    expect(refund('refund-2')).toEqual(FREQUENCY_LIMITED)
  })

  test('the same out_refund_no gets the first answer', () => {
    const { time, refund } = twoPaidOrders()
    const first = refund('refund-1')
    time.advance(1)
    expect(refund('refund-1')).toEqual(first)
  })

  test('another trade can be refunded', () => {
    const { refund } = twoPaidOrders()
    refund('refund-1')
    expect(refund('refund-2', OTHER_ORDER)).toMatchObject({ kind: 'accept' })
  })

  test('a person can refund in the merchant platform, which restarts the minute', () => {
    const { ledger, time, refund } = twoPaidOrders()
    refund('refund-1')
    time.advance(30_000)
    expect(ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1 })).toMatchObject({
      kind: 'accept',
    })
    time.advance(30_000)
    expect(refund('refund-2')).toEqual(FREQUENCY_LIMITED)
  })

  test('the setting can remove the limit', () => {
    const { ledger, refund } = twoPaidOrders({ refundIntervalMs: 0 })
    refund('refund-1')
    expect(refund('refund-2')).toMatchObject({ kind: 'accept' })
    ledger.set({ refundIntervalMs: 10 })
    expect(refund('refund-3')).toEqual(FREQUENCY_LIMITED)
  })

  test('the limit holds after a restart', () => {
    const { store, time, refund } = twoPaidOrders()
    refund('refund-1')
    const { ledger } = makeLedger({ store, clock: { now: () => time.now } })
    const request = { ...ORDER_NUMBER, total_fee: ORDER.total_fee, refund_fee: '1' }
    expect(handleRequest(ledger, 'refund', { ...request, out_refund_no: 'refund-2' })).toEqual(
      FREQUENCY_LIMITED,
    )
  })
})

describe('a refund by hand', () => {
  test('is a refund of its trade, in fen, with a number of the platform', () => {
    const { ledger } = twoPaidOrders()
    const reply = ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 29 })
    expect(reply).toMatchObject({
      kind: 'accept',
      fields: { ...ORDER_NUMBER, total_fee: '129', refund_fee: '29' },
    })
    const [refund] = ledger.refunds(ORDER.out_trade_no)
    expect(refund).toMatchObject({ refund_fee: 29, source: 'VENDOR_PLATFORM' })
    expect(refund!._id).toMatch(/^P20260101120000\d{10}$/)
    expect(refund!._id).not.toContain(ORDER.out_trade_no)
  })

  test('gets a new number each time', () => {
    const { ledger } = twoPaidOrders()
    ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1 })
    ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1 })
    expect(handleRequest(ledger, 'refundquery', ORDER_NUMBER)).toMatchObject({
      fields: { refund_count: '2' },
    })
  })

  test('may have a given number, which refunds once', () => {
    const { ledger } = twoPaidOrders()
    const request = { ...ORDER_NUMBER, refund_fee: 1, out_refund_no: 'by-hand' }
    const first = ledger.refundByHand(request)
    expect(first).toMatchObject({ kind: 'accept', fields: { out_refund_no: 'by-hand' } })
    expect(ledger.refundByHand(request)).toEqual(first)
    expect(ledger.refunds(ORDER.out_trade_no)).toHaveLength(1)
  })

  test.each([
    ['more than was paid', { refund_fee: 130 }, { err_code: 'REFUND_FEE_INVALID' }],
    ['nothing', { refund_fee: 0 }, { return_msg: 'invalid refund_fee' }],
    ['half a fen', { refund_fee: 0.5 }, { return_msg: 'invalid refund_fee' }],
    ['an unknown order', { out_trade_no: 'nothing' }, { err_code: 'ORDERNOTEXIST' }],
  ])('of %s is refused', (_, changed, reply) => {
    const { ledger } = twoPaidOrders()
    expect(ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1, ...changed })).toMatchObject(reply)
  })

  test('neither counts as an erroneous request nor is limited by such requests', () => {
    const { ledger, refund } = twoPaidOrders()
    for (let n = 0; n < 10; n++) ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 130 })
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
    for (let n = 0; n < 6; n++) refund('nothing', { out_trade_no: 'nothing' })
    expect(ledger.refundByHand({ ...ORDER_NUMBER, refund_fee: 1 })).toMatchObject({
      kind: 'accept',
    })
  })
})

describe('after six erroneous refunds within a second', () => {
  const unknownOrder = { out_trade_no: 'nothing' }

  test('every refund is refused until the second is over', () => {
    const { ledger, time, refund } = twoPaidOrders()
    for (let n = 0; n < 6; n++) expect(refund('x', unknownOrder)).toMatchObject({ kind: 'refuse' })
    expect(refund('refund-1')).toEqual(FREQUENCY_LIMITED)
    time.advance(999)
    expect(refund('refund-1')).toEqual(FREQUENCY_LIMITED)
    expect(ledger.refunds(ORDER.out_trade_no)).toEqual([])
    time.advance(1)
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
  })

  test('a refund that was accepted before is refused as well', () => {
    const { refund } = twoPaidOrders()
    refund('refund-1')
    for (let n = 0; n < 6; n++) refund('x', unknownOrder)
    expect(refund('refund-1')).toEqual(FREQUENCY_LIMITED)
  })

  test('five erroneous requests have no consequence', () => {
    const { refund } = twoPaidOrders()
    for (let n = 0; n < 5; n++) refund('x', unknownOrder)
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
  })

  test('malformed requests count', () => {
    const { refund } = twoPaidOrders()
    for (let n = 0; n < 6; n++) {
      expect(refund('x', { refund_fee: '0' })).toMatchObject({ kind: 'fail' })
    }
    expect(refund('refund-1')).toEqual(FREQUENCY_LIMITED)
  })

  test('requests refused for their frequency do not count', () => {
    const { time, refund } = twoPaidOrders()
    refund('refund-1')
    for (let n = 0; n < 6; n++) expect(refund(`refund-2-${n}`)).toEqual(FREQUENCY_LIMITED)
    expect(refund('refund-3', OTHER_ORDER)).toMatchObject({ kind: 'accept' })
    time.advance(MINUTE)
    for (let n = 0; n < 6; n++) refund('x', unknownOrder)
    time.advance(500)
    for (let n = 0; n < 6; n++) expect(refund('refund-4')).toEqual(FREQUENCY_LIMITED)
    time.advance(500)
    expect(refund('refund-4')).toMatchObject({ kind: 'accept' })
  })

  test('the second is a sliding window', () => {
    const { time, refund } = twoPaidOrders()
    for (let n = 0; n < 6; n++) {
      refund('x', unknownOrder)
      time.advance(180)
    }
    // 1080 ms after the first, which is outside the window; the other five are inside
    expect(refund('x', unknownOrder)).toMatchObject({ err_code: 'ORDERNOTEXIST' })
    expect(refund('refund-1')).toEqual(FREQUENCY_LIMITED)
  })

  test('the setting can allow any number of erroneous requests', () => {
    const { refund } = twoPaidOrders({ erroneousRefundsPerSecond: Infinity })
    for (let n = 0; n < 100; n++) refund('x', unknownOrder)
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
  })
})
