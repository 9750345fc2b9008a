import { openOrder, ORDER_ID } from '../support/order-page'
import { settle } from '../support/page'
import { order } from '../support/samples'
import { fakeWx, deferred, never, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** Returns the actions that were called. */
const actions = () => wx.pay.mock.calls.map(([type]) => type)

describe('deleteorder', () => {
  beforeEach(() => wx.pay.mockResolvedValueOnce(ok(order({ status: 2 }))))

  test('says that it is working', async () => {
    wx.pay.mockReturnValueOnce(never())
    const page = await openOrder()
    await page.tap('.delete')
    expect(page.texts('.delete')).toEqual(['正在删除'])
  })

  test('does nothing when the shopper declines', async () => {
    wx.showModal.mockResolvedValue({ confirm: false, cancel: true })
    const page = await openOrder()
    await page.tap('.delete')
    expect(actions()).toEqual(['orderquery'])
    expect(wx.redirectTo).not.toHaveBeenCalled()
  })

  test('goes back to the order list that it was opened from', async () => {
    wx.pay.mockResolvedValueOnce(ok(order({ status: 2, hidden: true, rev: 2 })))
    const page = await openOrder(['pages/pay-list/index', 'pages/pay-order/index'])
    await page.tap('.delete')
    expect(wx.pay.mock.calls[1]).toEqual(['deleteorder', { out_trade_no: ORDER_ID }])
    expect(wx.navigateBack).toHaveBeenCalledTimes(1)
    expect(wx.redirectTo).not.toHaveBeenCalled()
  })

  test('replaces the order by the order list otherwise', async () => {
    wx.pay.mockResolvedValueOnce(ok(order({ status: 2, hidden: true, rev: 2 })))
    const page = await openOrder(['pages/pay-list/index'])
    await page.tap('.delete')
    expect(wx.redirectTo.mock.calls).toEqual([[{ url: '/pages/pay-order/index' }]])
  })

  test('stays on the page and says why when it was refused', async () => {
    wx.pay
      .mockResolvedValueOnce(refusal('NOT_ALLOWED_NOW', '订单还不能删除'))
      .mockResolvedValueOnce(ok(order({ status: 2 })))
    const page = await openOrder()
    await page.tap('.delete')
    expect(page.texts('.failure')).toEqual(['订单还不能删除'])
    expect(wx.redirectTo).not.toHaveBeenCalled()
  })

  test('does not navigate when the shopper has left meanwhile', async () => {
    const reply = deferred<unknown>()
    wx.pay.mockReturnValueOnce(reply.promise)
    const page = await openOrder()
    await page.tap('.delete')
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    reply.resolve(ok(order({ status: 2, hidden: true })))
    await settle()
    expect(wx.redirectTo).not.toHaveBeenCalled()
    expect(setData).not.toHaveBeenCalled()
  })
})
