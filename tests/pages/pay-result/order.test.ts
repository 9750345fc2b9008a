import { noNetwork } from '../support/network'
import { attribute } from '../support/node'
import { id, openOrder } from '../support/order-page'
import { settle } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, later, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

describe('an order', () => {
  test('shows everything about itself', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    const page = await openOrder()
    expect(page.texts('.amount')).toEqual(['¥0.01'])
    expect(page.texts('.fact')).toEqual([
      '商品 鸡蛋干',
      '下单时间 2026-01-02 03:04:05',
      '支付时间 2026-01-02 03:04:10',
      '支付方式 微信支付 JSAPI',
      '付款银行 CMC_DEBIT',
      '交易状态 支付成功 SUCCESS',
      `订单号 ${id}`,
    ])
  })

  test('lets a screen reader say its amount as it is said', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    expect(attribute((await openOrder()).find('.amount'), 'ariaLabel')).toBe('0.01 元')
  })

  test('lets a screen reader say its status when that changes', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    expect(attribute((await openOrder()).find('.status'), 'ariaLive')).toBe('polite')
  })

  test('that is refunded shows how much', async () => {
    wx.pay.mockResolvedValue(ok({ ...refunding({ state: 'SUCCESS' }), status: 4 }))
    expect((await openOrder()).texts('.fact')).toContain('退款金额 ¥0.01')
  })

  test('of whose payment WeChat told only the refund shows what is known', async () => {
    const { paid_at: _, bank_type: __, trade_type: ___, ...one } = paid()
    wx.pay.mockResolvedValue(ok(one))
    expect((await openOrder()).texts('.fact')).toEqual([
      '商品 鸡蛋干',
      '下单时间 2026-01-02 03:04:05',
      '支付方式 微信支付',
      '交易状态 支付成功 SUCCESS',
      `订单号 ${id}`,
    ])
  })

  test('that is closed shows when', async () => {
    wx.pay.mockResolvedValue(ok(order({ status: 2, closed_at: T0 + 1000 })))
    expect((await openOrder()).texts('.fact')).toContain('关闭时间 2026-01-02 03:04:06')
  })

  test('is asked again on show, and on pulling down, which then ends', async () => {
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

  test('stays when asking again fails, and says so', async () => {
    wx.pay.mockResolvedValueOnce(ok(order())).mockRejectedValueOnce(noNetwork)
    const page = await openOrder()
    await page.pullDown()
    expect(page.texts('.status')).toEqual(['等待支付'])
    expect(page.names('alert')).toEqual(['网络不太顺畅，请稍后重试 -1'])
  })

  test('no longer says so once there is an answer, even without news', async () => {
    wx.pay
      .mockResolvedValueOnce(ok(order()))
      .mockRejectedValueOnce(noNetwork)
      .mockResolvedValueOnce(ok(order()))
    const page = await openOrder()
    await page.pullDown()
    await page.pullDown()
    expect(page.names('alert')).toEqual([])
  })

  test('is not overwritten by an older reply that came late', async () => {
    const slow = later<unknown>()
    wx.pay.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(ok(paid()))
    const page = await openOrder()
    await page.show()
    slow.keep(ok(order()))
    await settle()
    expect(page.texts('.status')).toEqual(['已支付'])
  })

  test('shows no older failure that came late', async () => {
    const slow = later<unknown>()
    wx.pay.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(ok(paid()))
    const page = await openOrder()
    await page.show()
    slow.fail(noNetwork)
    await settle()
    expect(page.names('alert')).toEqual([])
  })

  test.each([
    ['an answer', ok(order())],
    ['a refusal', refusal('UNKNOWN', '结果未知')],
  ])('changes nothing on a page that is gone (%s)', async (_what, answer) => {
    const slow = later<unknown>()
    wx.pay.mockReturnValue(slow.promise)
    const page = await openOrder()
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    slow.keep(answer)
    await settle()
    expect(setData).not.toHaveBeenCalled()
  })
})
