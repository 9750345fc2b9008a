import { answerRequest } from '../../../simulator/wechat-pay/endpoints'
import { makeLedger, minute, order } from './support'

const number = { out_trade_no: order.out_trade_no }
const other = { out_trade_no: 'order-0002' }
const frequencyLimited = { kind: 'refuse', err_code: 'FREQUENCY_LIMITED', err_code_des: '频率限制' }

/** Two paid trades; `refund` asks for 1 fen of the first. */
function twoPaidOrders(options: Parameters<typeof makeLedger>[0] = {}) {
  const made = makeLedger(options)
  for (const trade of [number, other]) {
    answerRequest(made.ledger, 'unifiedorder', { ...order, ...trade })
    made.pay(trade.out_trade_no)
  }
  const refund = (out_refund_no: string, changed: object = {}) =>
    answerRequest(made.ledger, 'refund', {
      ...number,
      out_refund_no,
      total_fee: order.total_fee,
      refund_fee: '1',
      ...changed,
    })
  return { ...made, refund }
}

describe('within a minute of an accepted refund', () => {
  test('another refund of the trade is refused, and changes nothing', () => {
    const { ledger, time, refund } = twoPaidOrders()
    refund('refund-1')
    time.advance(minute - 1)
    expect(refund('refund-2')).toEqual(frequencyLimited)
    expect(ledger.refunds(order.out_trade_no)).toHaveLength(1)
    time.advance(1)
    expect(refund('refund-2')).toMatchObject({ kind: 'accept' })
  })

  test('the minute begins with the latest refund, not with one that was refused', () => {
    const { time, refund } = twoPaidOrders()
    refund('refund-1')
    time.advance(minute)
    refund('refund-2')
    time.advance(minute - 1)
    expect(refund('refund-3')).toEqual(frequencyLimited)
    time.advance(1)
    expect(refund('refund-3')).toMatchObject({ kind: 'accept' })
  })

  test('also after the refund was closed', () => {
    const { ledger, time, refund } = twoPaidOrders()
    refund('refund-1')
    ledger.settleRefund('refund-1', 'REFUNDCLOSE')
    time.advance(minute - 1)
    expect(refund('refund-2')).toEqual(frequencyLimited)
  })

  test('the same out_refund_no is answered as before', () => {
    const { time, refund } = twoPaidOrders()
    const first = refund('refund-1')
    time.advance(1)
    expect(refund('refund-1')).toEqual(first)
  })

  test('another trade can be refunded', () => {
    const { refund } = twoPaidOrders()
    refund('refund-1')
    expect(refund('refund-2', other)).toMatchObject({ kind: 'accept' })
  })

  test('a person can refund in the merchant platform, and the API waits for it', () => {
    const { ledger, time, refund } = twoPaidOrders()
    refund('refund-1')
    time.advance(30_000)
    expect(ledger.refundByHand({ ...number, refund_fee: 1 })).toMatchObject({ kind: 'accept' })
    time.advance(30_000)
    expect(refund('refund-2')).toEqual(frequencyLimited)
  })

  test('the setting can allow any frequency', () => {
    const { ledger, refund } = twoPaidOrders({ refundIntervalMs: 0 })
    refund('refund-1')
    expect(refund('refund-2')).toMatchObject({ kind: 'accept' })
    ledger.set({ refundIntervalMs: 10 })
    expect(refund('refund-3')).toEqual(frequencyLimited)
  })

  test('the limit holds after a restart', () => {
    const { store, time, refund } = twoPaidOrders()
    refund('refund-1')
    const { ledger } = makeLedger({ store, clock: { now: () => time.now } })
    const asked = { ...number, total_fee: order.total_fee, refund_fee: '1' }
    expect(answerRequest(ledger, 'refund', { ...asked, out_refund_no: 'refund-2' })).toEqual(
      frequencyLimited,
    )
  })
})

describe('a refund by hand', () => {
  test('is a refund of its trade, in fen, under a number that is not of the shop', () => {
    const { ledger } = twoPaidOrders()
    const answer = ledger.refundByHand({ ...number, refund_fee: 29 })
    expect(answer).toMatchObject({
      kind: 'accept',
      fields: { ...number, total_fee: '129', refund_fee: '29' },
    })
    const [refund] = ledger.refunds(order.out_trade_no)
    expect(refund).toMatchObject({ refund_fee: 29, source: 'VENDOR_PLATFORM' })
    expect(refund!._id).toMatch(/^P20260101120000\d{10}$/)
    expect(refund!._id).not.toContain(order.out_trade_no)
  })

  test('gets a number of its own each time', () => {
    const { ledger } = twoPaidOrders()
    ledger.refundByHand({ ...number, refund_fee: 1 })
    ledger.refundByHand({ ...number, refund_fee: 1 })
    expect(answerRequest(ledger, 'refundquery', number)).toMatchObject({
      fields: { refund_count: '2' },
    })
  })

  test('may be given its number, which refunds once', () => {
    const { ledger } = twoPaidOrders()
    const asked = { ...number, refund_fee: 1, out_refund_no: 'by-hand' }
    const first = ledger.refundByHand(asked)
    expect(first).toMatchObject({ kind: 'accept', fields: { out_refund_no: 'by-hand' } })
    expect(ledger.refundByHand(asked)).toEqual(first)
    expect(ledger.refunds(order.out_trade_no)).toHaveLength(1)
  })

  test.each([
    ['more than was paid', { refund_fee: 130 }, { err_code: 'REFUND_FEE_INVALID' }],
    ['nothing', { refund_fee: 0 }, { return_msg: 'invalid refund_fee' }],
    ['half a fen', { refund_fee: 0.5 }, { return_msg: 'invalid refund_fee' }],
    ['an unknown order', { out_trade_no: 'nothing' }, { err_code: 'ORDERNOTEXIST' }],
  ])('of %s is refused', (_, changed, answer) => {
    const { ledger } = twoPaidOrders()
    expect(ledger.refundByHand({ ...number, refund_fee: 1, ...changed })).toMatchObject(answer)
  })

  test('neither counts as an erroneous request nor is limited by them', () => {
    const { ledger, refund } = twoPaidOrders()
    for (let n = 0; n < 10; n++) ledger.refundByHand({ ...number, refund_fee: 130 })
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
    for (let n = 0; n < 6; n++) refund('nothing', { out_trade_no: 'nothing' })
    expect(ledger.refundByHand({ ...number, refund_fee: 1 })).toMatchObject({ kind: 'accept' })
  })
})

describe('after six erroneous refunds within a second', () => {
  const wrong = { out_trade_no: 'nothing' }

  test('every refund is refused until the second is over', () => {
    const { ledger, time, refund } = twoPaidOrders()
    for (let n = 0; n < 6; n++) expect(refund('x', wrong)).toMatchObject({ kind: 'refuse' })
    expect(refund('refund-1')).toEqual(frequencyLimited)
    time.advance(999)
    expect(refund('refund-1')).toEqual(frequencyLimited)
    expect(ledger.refunds(order.out_trade_no)).toEqual([])
    time.advance(1)
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
  })

  test('a refund that was accepted before is refused as well', () => {
    const { refund } = twoPaidOrders()
    refund('refund-1')
    for (let n = 0; n < 6; n++) refund('x', wrong)
    expect(refund('refund-1')).toEqual(frequencyLimited)
  })

  test('five leave everything as it is', () => {
    const { refund } = twoPaidOrders()
    for (let n = 0; n < 5; n++) refund('x', wrong)
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
  })

  test('requests that are malformed count', () => {
    const { refund } = twoPaidOrders()
    for (let n = 0; n < 6; n++) {
      expect(refund('x', { refund_fee: '0' })).toMatchObject({ kind: 'fail' })
    }
    expect(refund('refund-1')).toEqual(frequencyLimited)
  })

  test('those that were refused for their frequency do not count', () => {
    const { time, refund } = twoPaidOrders()
    refund('refund-1')
    for (let n = 0; n < 6; n++) expect(refund(`refund-2-${n}`)).toEqual(frequencyLimited)
    expect(refund('refund-3', other)).toMatchObject({ kind: 'accept' })
    time.advance(minute)
    for (let n = 0; n < 6; n++) refund('x', wrong)
    time.advance(500)
    for (let n = 0; n < 6; n++) expect(refund('refund-4')).toEqual(frequencyLimited)
    time.advance(500)
    expect(refund('refund-4')).toMatchObject({ kind: 'accept' })
  })

  test('the second slides', () => {
    const { time, refund } = twoPaidOrders()
    for (let n = 0; n < 6; n++) {
      refund('x', wrong)
      time.advance(180)
    }
    // 1080 ms after the first, which has left the second; the other five have not
    expect(refund('x', wrong)).toMatchObject({ err_code: 'ORDERNOTEXIST' })
    expect(refund('refund-1')).toEqual(frequencyLimited)
  })

  test('the setting can allow any number', () => {
    const { refund } = twoPaidOrders({ erroneousRefundsPerSecond: Infinity })
    for (let n = 0; n < 100; n++) refund('x', wrong)
    expect(refund('refund-1')).toMatchObject({ kind: 'accept' })
  })
})
