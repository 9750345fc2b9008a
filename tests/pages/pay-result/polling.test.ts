import { NO_NETWORK } from '../support/network'
import { ORDER_ID, openOrder } from '../support/order-page'
import { pass, settle } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, deferred, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** The pauses (s) between polls in the first two minutes: the last one repeats. */
const PAUSES = [2, 4, 8, 16, 30, 30, 30]

/** Lets two minutes pass. @returns the pauses (s) between the queries in that time */
async function pauses(): Promise<number[]> {
  const times = [Date.now()]
  const before = wx.calledAt.length
  await pass(120)
  times.push(...wx.calledAt.slice(before))
  return times.slice(1).map((at, n) => (at - (times[n] ?? at)) / 1000)
}

describe('an order that WeChat can still change', () => {
  test.each([
    ['a refund', refunding()],
    ['a closing', order({ close_requested_at: T0 })],
  ])('is queried again after 2, 4, 8, 16 s, then every 30 s (%s)', async (_what, one) => {
    wx.pay.mockResolvedValue(ok(one))
    await openOrder()
    expect(await pauses()).toEqual(PAUSES)
  })

  test('is polled further after a query failed, and the failure is not shown', async () => {
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockRejectedValue(NO_NETWORK)
    const page = await openOrder()
    expect(await pauses()).toEqual(PAUSES)
    expect(page.has('.failure')).toBe(false)
  })

  test('is queried with the number of its refund', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    await openOrder()
    await pass(2)
    expect(wx.pay.mock.calls[1]).toEqual([
      'queryrefund',
      { out_trade_no: ORDER_ID, out_refund_no: `${ORDER_ID}-1` },
    ])
  })

  test('shows automatically that the refund has arrived, and is not polled further', async () => {
    const refunded = { ...refunding({ state: 'SUCCESS' }), status: 4, rev: 4 }
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockResolvedValue(ok(refunded))
    const page = await openOrder()
    await pass(2)
    expect(page.texts('.status')).toEqual(['已退款'])
    expect(await pauses()).toEqual([])
  })

  test('is polled from the moment the refund was requested', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid())).mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await page.tap('.refund')
    expect(await pauses()).toEqual(PAUSES)
  })

  test('is not queried while the page is hidden', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await pass(2)
    await page.hide()
    expect(await pauses()).toEqual([])
  })

  test('is not polled when the page was hidden before the reply', async () => {
    const slow = deferred<unknown>()
    wx.pay.mockReturnValue(slow.promise)
    const page = await openOrder()
    await page.hide()
    slow.resolve(ok(refunding()))
    await settle()
    expect(await pauses()).toEqual([])
  })

  test('is not polled when the page was hidden during a query', async () => {
    const slow = deferred<unknown>()
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockReturnValue(slow.promise)
    const page = await openOrder()
    await pass(2)
    await page.hide()
    slow.resolve(ok(refunding()))
    expect(await pauses()).toEqual([])
  })

  test('is queried on show, and polled from the first pause on', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await pass(10)
    await page.hide()
    wx.pay.mockClear()
    await page.show()
    expect(wx.pay).toHaveBeenCalledTimes(1)
    expect(await pauses()).toEqual(PAUSES)
  })

  test('is polled from the first pause on after pulling down', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await pass(3)
    await page.pullDown()
    expect(await pauses()).toEqual(PAUSES)
  })

  test('is not polled after WeChat reported that it does not exist', async () => {
    const gone = refusal('ORDER_NOT_FOUND', '没有这个订单')
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockResolvedValue(gone)
    await openOrder()
    expect(await pauses()).toEqual([2])
  })

  test('is not polled after the page was closed', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    page.unload()
    expect(await pauses()).toEqual([])
  })
})

test.each([
  ['unpaid', order()],
  ['paid', paid()],
  ['closed', order({ status: 2 })],
  [
    'waiting for the merchant, whose refund WeChat could not pay out',
    refunding({ state: 'CHANGE' }),
  ],
])('an order that is %s is not polled', async (_what, one) => {
  wx.pay.mockResolvedValue(ok(one))
  await openOrder()
  expect(await pauses()).toEqual([])
})
