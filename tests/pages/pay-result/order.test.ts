import { NO_NETWORK } from '../support/network'
import { attribute } from '../support/node'
import { ORDER_ID, openOrder } from '../support/order-page'
import { settle } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, deferred, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

describe('an order', () => {
  test('shows everything about itself', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    const page = await openOrder()
    expect(page.texts('.amount')).toEqual(['¥0.01'])
    expect(page.texts('.row')).toEqual([
      '商品 鸡蛋干',
      '下单时间 2026-01-02 03:04:05',
      '支付时间 2026-01-02 03:04:10',
      '支付方式 微信支付 JSAPI',
      '付款银行 CMC_DEBIT',
      '交易状态 支付成功 SUCCESS',
      `订单号 ${ORDER_ID}`,
    ])
  })

  test('gives a screen reader its amount in spoken form', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    expect(attribute((await openOrder()).find('.amount'), 'ariaLabel')).toBe('0.01 元')
  })

  test('lets a screen reader announce a change of its status', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    expect(attribute((await openOrder()).find('.status'), 'ariaLive')).toBe('polite')
  })

  test('that is refunded shows how much', async () => {
    wx.pay.mockResolvedValue(ok({ ...refunding({ state: 'SUCCESS' }), status: 4 }))
    expect((await openOrder()).texts('.row')).toContain('退款金额 ¥0.01')
  })

  test('shows what is known when WeChat reported only the refund of its payment', async () => {
    const { paid_at: _, bank_type: __, trade_type: ___, ...one } = paid()
    wx.pay.mockResolvedValue(ok(one))
    expect((await openOrder()).texts('.row')).toEqual([
      '商品 鸡蛋干',
      '下单时间 2026-01-02 03:04:05',
      '支付方式 微信支付',
      '交易状态 支付成功 SUCCESS',
      `订单号 ${ORDER_ID}`,
    ])
  })

  test('that is closed shows when', async () => {
    wx.pay.mockResolvedValue(ok(order({ status: 2, closed_at: T0 + 1000 })))
    expect((await openOrder()).texts('.row')).toContain('关闭时间 2026-01-02 03:04:06')
  })

  test('is queried again on show and on pulling down, which then ends', async () => {
    wx.pay
      .mockResolvedValueOnce(ok(order()))
      .mockResolvedValueOnce(ok(order({ rev: 2, body: '二' })))
    const page = await openOrder()
    await page.hide()
    await page.show()
    expect(page.text()).toContain('二')
    wx.pay.mockResolvedValueOnce(ok(paid({ rev: 3 })))
    await page.pullDown()
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(1)
  })

  test('stays on screen when a query fails, and says so', async () => {
    wx.pay.mockResolvedValueOnce(ok(order())).mockRejectedValueOnce(NO_NETWORK)
    const page = await openOrder()
    await page.pullDown()
    expect(page.texts('.status')).toEqual(['等待支付'])
    expect(page.names('alert')).toEqual(['网络不太顺畅，请稍后重试 -1'])
  })

  test('hides the failure once a query succeeds, even when nothing has changed', async () => {
    wx.pay
      .mockResolvedValueOnce(ok(order()))
      .mockRejectedValueOnce(NO_NETWORK)
      .mockResolvedValueOnce(ok(order()))
    const page = await openOrder()
    await page.pullDown()
    await page.pullDown()
    expect(page.names('alert')).toEqual([])
  })

  test('is not overwritten by a late reply to an older request', async () => {
    const slow = deferred<unknown>()
    wx.pay.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(ok(paid()))
    const page = await openOrder()
    await page.show()
    slow.resolve(ok(order()))
    await settle()
    expect(page.texts('.status')).toEqual(['已支付'])
  })

  test('shows no late failure of an older request', async () => {
    const slow = deferred<unknown>()
    wx.pay.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(ok(paid()))
    const page = await openOrder()
    await page.show()
    slow.reject(NO_NETWORK)
    await settle()
    expect(page.names('alert')).toEqual([])
  })

  test.each([
    ['an order', ok(order())],
    ['a refusal', refusal('UNKNOWN', '结果未知')],
  ])('changes nothing on a closed page (%s)', async (_what, reply) => {
    const slow = deferred<unknown>()
    wx.pay.mockReturnValue(slow.promise)
    const page = await openOrder()
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    slow.resolve(reply)
    await settle()
    expect(setData).not.toHaveBeenCalled()
  })
})
