import { NO_NETWORK } from '../support/network'
import { ORDER_ID, openOrder } from '../support/order-page'
import { pass, settle } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, deferred, never, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

describe('an order', () => {
  test('is a skeleton at first, which a screen reader announces as loading', async () => {
    wx.pay.mockReturnValue(never())
    const page = await openOrder()
    expect(page.has('.skeleton')).toBe(true)
    expect(page.names('status')).toEqual(['正在加载订单'])
  })

  test('is queried by its number', async () => {
    wx.pay.mockResolvedValue(ok(order()))
    await openOrder()
    expect(wx.pay.mock.calls).toEqual([['orderquery', { out_trade_no: ORDER_ID }]])
  })

  test('replaces its skeleton', async () => {
    wx.pay.mockResolvedValue(ok(order()))
    const page = await openOrder()
    expect(page.has('.skeleton')).toBe(false)
    expect(page.names('status')).toEqual([])
  })

  test('says after 3 s that the network is slow, not before', async () => {
    wx.pay.mockReturnValue(never())
    const page = await openOrder()
    await pass(2.9)
    expect(page.text()).not.toContain('网络有点慢')
    await pass(0.1)
    expect(page.names('status')).toContain('网络有点慢，请稍候')
  })

  test('hides that it is slow after the reply', async () => {
    const reply = deferred<unknown>()
    wx.pay.mockReturnValue(reply.promise)
    const page = await openOrder()
    await pass(4)
    reply.resolve(ok(paid()))
    await settle()
    expect(page.text()).not.toContain('网络有点慢')
  })

  test('hides that it is slow after a query failed', async () => {
    const reply = deferred<unknown>()
    wx.pay.mockResolvedValueOnce(ok(paid())).mockReturnValueOnce(reply.promise)
    const page = await openOrder()
    await page.pullDown()
    await pass(4)
    expect(page.names('status')).toEqual(['网络有点慢，请稍候'])
    reply.reject(NO_NETWORK)
    await settle()
    expect(page.names('status')).toEqual([])
  })

  test('that does not exist says so, and links to the order list', async () => {
    wx.pay.mockResolvedValue(refusal('ORDER_NOT_FOUND', '订单不存在'))
    const page = await openOrder()
    expect(page.texts('.state-title')).toEqual(['没有这个订单'])
    await page.tap('.to-orders')
    expect(wx.redirectTo.mock.calls).toEqual([[{ url: '/pages/pay-order/index' }]])
  })

  test('that could not be loaded says why, with the code below', async () => {
    wx.pay.mockRejectedValue(NO_NETWORK)
    const page = await openOrder()
    expect(page.names('alert')).toEqual(['没有加载出来 网络不太顺畅，请稍后重试 -1 重试'])
    expect(page.texts('.code')).toEqual(['-1'])
  })

  test('that could not be loaded loads when 重试 is tapped', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK).mockResolvedValue(ok(order()))
    const page = await openOrder()
    await page.tap('.retry')
    expect(page.has('.pay')).toBe(true)
  })

  test('is a skeleton again while it is retried', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK).mockReturnValue(never())
    const page = await openOrder()
    await page.tap('.retry')
    expect(page.names('status')).toEqual(['正在加载订单'])
  })
})
