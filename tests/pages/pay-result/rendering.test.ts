import { NO_NETWORK } from '../support/network'
import { openOrder } from '../support/order-page'
import { pass } from '../support/page'
import { order, paid, refunding } from '../support/samples'
import { setDataKeys } from '../support/set-data'
import { fakeWx, ok } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

const openAs = (one: unknown) => {
  wx.pay.mockResolvedValueOnce(ok(one))
  return openOrder()
}

describe('on an order’s page setData receives', () => {
  test.each([
    ['paid', paid()],
    ['unpaid', order()],
  ])('nothing when the order has not changed (%s)', async (_what, one) => {
    const page = await openAs(one)
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(one))
    await page.show()
    expect(sets).toEqual([])
  })

  test('an unpaid order and the time left for it in one call', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK)
    const page = await openOrder()
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.tap('.retry')
    expect(sets).toEqual([['failure'], ['countdown', 'order']])
  })

  test('nothing when polling finds no change', async () => {
    const sets = setDataKeys(await openAs(refunding()))
    wx.pay.mockResolvedValue(ok(refunding()))
    await pass(30)
    expect(sets).toEqual([])
  })

  test('nothing when polling fails', async () => {
    const sets = setDataKeys(await openAs(refunding()))
    wx.pay.mockRejectedValue(NO_NETWORK)
    await pass(30)
    expect(sets).toEqual([])
  })

  test('only the order when it has changed', async () => {
    const page = await openAs(paid())
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(paid({ rev: 3 })))
    await page.show()
    expect(sets).toEqual([['order']])
  })

  test('for a refund: that it has begun, the order, and that it is done', async () => {
    const page = await openAs(paid())
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(refunding()))
    await page.tap('.refund')
    expect(sets).toEqual([['working'], ['order'], ['working']])
  })

  test('nothing when the shopper declines', async () => {
    const page = await openAs(paid())
    const sets = setDataKeys(page)
    wx.showModal.mockResolvedValueOnce({ confirm: false, cancel: true })
    await page.tap('.refund')
    expect(sets).toEqual([])
  })
})
