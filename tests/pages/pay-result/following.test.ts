import { noNetwork } from '../support/network'
import { id, openOrder } from '../support/order-page'
import { pass, settle } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, later, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** The last pause repeats for as long as something is open. */
const growing = [2, 4, 8, 16, 30, 30, 30]

/** The pauses (s) between the looks of the next two minutes. */
async function pauses(): Promise<number[]> {
  const times = [Date.now()]
  const before = wx.askedAt.length
  await pass(120)
  times.push(...wx.askedAt.slice(before))
  return times.slice(1).map((at, n) => (at - (times[n] ?? at)) / 1000)
}

describe('an order on which WeChat has the last word', () => {
  test.each([
    ['a refund', refunding()],
    ['a closing', order({ close_requested_at: T0 })],
  ])('(%s) is looked at again after 2, 4, 8, 16 s, then every 30 s', async (_what, one) => {
    wx.pay.mockResolvedValue(ok(one))
    await openOrder()
    expect(await pauses()).toEqual(growing)
  })

  test('is looked at again even when a look fails, which is not shown', async () => {
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockRejectedValue(noNetwork)
    const page = await openOrder()
    expect(await pauses()).toEqual(growing)
    expect(page.has('.failure')).toBe(false)
  })

  test('is asked about its refund by number', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    await openOrder()
    await pass(2)
    expect(wx.pay.mock.calls[1]).toEqual([
      'queryrefund',
      { out_trade_no: id, out_refund_no: `${id}-1` },
    ])
  })

  test('shows by itself that the refund has arrived, and is left alone', async () => {
    const refunded = { ...refunding({ state: 'SUCCESS' }), status: 4, rev: 4 }
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockResolvedValue(ok(refunded))
    const page = await openOrder()
    await pass(2)
    expect(page.texts('.status')).toEqual(['已退款'])
    expect(await pauses()).toEqual([])
  })

  test('is followed from the moment the refund was asked for', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid())).mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await page.tap('.refund')
    expect(await pauses()).toEqual(growing)
  })

  test('is not looked at while the page is hidden', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await pass(2)
    await page.hide()
    expect(await pauses()).toEqual([])
  })

  test('is not followed when the page was hidden before the answer came', async () => {
    const slow = later<unknown>()
    wx.pay.mockReturnValue(slow.promise)
    const page = await openOrder()
    await page.hide()
    slow.keep(ok(refunding()))
    await settle()
    expect(await pauses()).toEqual([])
  })

  test('is not followed when the page was hidden during a look', async () => {
    const slow = later<unknown>()
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockReturnValue(slow.promise)
    const page = await openOrder()
    await pass(2)
    await page.hide()
    slow.keep(ok(refunding()))
    expect(await pauses()).toEqual([])
  })

  test('is looked at on show, and followed from the start', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await pass(10)
    await page.hide()
    wx.pay.mockClear()
    await page.show()
    expect(wx.pay).toHaveBeenCalledTimes(1)
    expect(await pauses()).toEqual(growing)
  })

  test('is followed anew after pulling down', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await openOrder()
    await pass(3)
    await page.pullDown()
    expect(await pauses()).toEqual(growing)
  })

  test('is left alone once it turns out not to be there', async () => {
    const gone = refusal('ORDER_NOT_FOUND', '没有这个订单')
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockResolvedValue(gone)
    await openOrder()
    expect(await pauses()).toEqual([2])
  })

  test('is left alone once the page is gone', async () => {
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
])('an order that is %s is not looked at again', async (_what, one) => {
  wx.pay.mockResolvedValue(ok(one))
  await openOrder()
  expect(await pauses()).toEqual([])
})
