import { noNetwork } from '../support/network'
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

describe('an order’s page tells setData', () => {
  test.each([
    ['paid', paid()],
    ['unpaid', order()],
  ])('nothing when the order is as it was (%s)', async (_what, one) => {
    const page = await openAs(one)
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(one))
    await page.show()
    expect(sets).toEqual([])
  })

  test('an unpaid order and the time left for it at once', async () => {
    wx.pay.mockRejectedValueOnce(noNetwork)
    const page = await openOrder()
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.tap('.retry')
    expect(sets).toEqual([['failure'], ['countdown', 'order']])
  })

  test('nothing when following brings no news', async () => {
    const sets = setDataKeys(await openAs(refunding()))
    wx.pay.mockResolvedValue(ok(refunding()))
    await pass(30)
    expect(sets).toEqual([])
  })

  test('nothing when following gets no answer', async () => {
    const sets = setDataKeys(await openAs(refunding()))
    wx.pay.mockRejectedValue(noNetwork)
    await pass(30)
    expect(sets).toEqual([])
  })

  test('the order alone when it has changed', async () => {
    const page = await openAs(paid())
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(paid({ rev: 3 })))
    await page.show()
    expect(sets).toEqual([['order']])
  })

  test('that a button works, the order, and that it is done: a refund', async () => {
    const page = await openAs(paid())
    const sets = setDataKeys(page)
    wx.pay.mockResolvedValueOnce(ok(refunding()))
    await page.tap('.refund')
    expect(sets).toEqual([['working'], ['order'], ['working']])
  })

  test('nothing of a question to which the answer was no', async () => {
    const page = await openAs(paid())
    const sets = setDataKeys(page)
    wx.showModal.mockResolvedValueOnce({ confirm: false, cancel: true })
    await page.tap('.refund')
    expect(sets).toEqual([])
  })
})
