import { openPage, settle } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, later, noNetwork, ok, refusal } from '../support/wx'

const id = 'a'.repeat(32)
const open = () => openPage('pages/pay-result/index', { id })

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

const buttons = ['pay', 'cancel', 'refund', 'delete']

describe('an order', () => {
  test('is loading at first', async () => {
    wx.pay.mockReturnValue(later<unknown>().promise)
    expect((await open()).text()).toBe('正在加载')
  })

  test('is asked of the function by its number', async () => {
    wx.pay.mockResolvedValue(ok(order()))
    await open()
    expect(wx.pay.mock.calls).toEqual([['orderquery', { out_trade_no: id }]])
  })

  test('shows everything about itself', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    const page = await open()
    expect(page.texts('.amount')).toEqual(['¥0.01'])
    expect(page.texts('.cell')).toEqual([
      '商品 鸡蛋干',
      `订单号 ${id}`,
      '下单时间 2026-01-02 03:04:05',
      '支付时间 2026-01-02 03:04:10',
      '交易类型 JSAPI',
      '付款银行 CMC_DEBIT',
      '交易状态 SUCCESS',
      '状态说明 支付成功',
    ])
  })

  test('that is refunded shows when and how much', async () => {
    const done = { ...refunding({ state: 'SUCCESS', settled_at: T0 + 12000 }), status: 4 }
    wx.pay.mockResolvedValue(ok(done))
    expect((await open()).texts('.cell')).toEqual(
      expect.arrayContaining([
        '退款金额 ¥0.01',
        '申请退款 2026-01-02 03:04:14',
        '退款到账 2026-01-02 03:04:17',
      ]),
    )
  })

  test.each([
    ['未支付', order(), ['pay', 'cancel'], ''],
    ['未支付', order({ prepay_id: undefined as never }), ['cancel'], '订单未完成，请重新下单'],
    ['正在取消', order({ close_requested_at: T0 }), [], '微信确认后订单就会关闭，可能要几分钟'],
    ['已支付', paid(), ['refund'], ''],
    ['已关闭', order({ status: 2 }), ['delete'], ''],
    ['正在退款', refunding(), [], '退款处理中，完成后原路退回'],
    ['退款异常', refunding({ state: 'CHANGE' }), [], '退款异常，请联系商家'],
    ['已退款', paid({ status: 4 }), ['delete'], ''],
    [
      '已支付',
      { ...refunding({ state: 'REFUNDCLOSE' }), status: 1 },
      ['refund'],
      '上一次退款已关闭，可以重新申请',
    ],
    [
      '已支付',
      paid({ anomaly: { at: T0, what: 'total_fee' } }),
      ['refund'],
      '订单有异常，请联系商家',
    ],
  ])('%s has its buttons and its hint', async (word, one, expected, hint) => {
    wx.pay.mockResolvedValue(ok(one))
    const page = await open()
    expect(page.texts('.status')).toEqual([word])
    expect(buttons.filter((button) => page.has(`.${button}`))).toEqual(expected)
    expect(page.texts('.hint')).toEqual(hint ? [hint] : [])
  })

  test('says in WeChat’s words why a refund was refused', async () => {
    const refusal = { err_code: 'NOTENOUGH', err_code_des: '商户余额不足' }
    wx.pay.mockResolvedValue(ok({ ...refunding({ state: 'REFUSED', refusal }), status: 1 }))
    expect((await open()).texts('.hint')).toEqual(['退款没有成功：商户余额不足'])
  })

  test('that is not there says so, and leads to the order list', async () => {
    wx.pay.mockResolvedValue(refusal('ORDER_NOT_FOUND', '订单不存在'))
    const page = await open()
    expect(page.text()).toContain('没有这个订单')
    await page.tap('.to-orders')
    expect(wx.redirectTo.mock.calls).toEqual([[{ url: '/pages/pay-order/index' }]])
  })

  test('that could not be loaded says why, and loads when 重试 is tapped', async () => {
    wx.pay.mockRejectedValueOnce(noNetwork).mockResolvedValue(ok(order()))
    const page = await open()
    expect(page.text()).toContain('网络不太顺畅，请稍后重试 -1')
    await page.tap('.retry')
    expect(page.has('.pay')).toBe(true)
  })

  test('is loading again while it is tried again', async () => {
    wx.pay.mockRejectedValueOnce(noNetwork).mockReturnValue(later<unknown>().promise)
    const page = await open()
    await page.tap('.retry')
    expect(page.text()).toBe('正在加载')
  })

  test('is asked again on show, and on pulling down, which then ends', async () => {
    wx.pay
      .mockResolvedValueOnce(ok(order()))
      .mockResolvedValueOnce(ok(order({ rev: 2, body: '二' })))
    const page = await open()
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
    const page = await open()
    await page.pullDown()
    expect(page.texts('.status')).toEqual(['未支付'])
    expect(page.texts('.failure')).toEqual(['网络不太顺畅，请稍后重试 -1'])
  })

  test('is not overwritten by an older reply that came late', async () => {
    const slow = later<unknown>()
    wx.pay.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(ok(paid()))
    const page = await open()
    await page.show()
    slow.keep(ok(order()))
    await settle()
    expect(page.texts('.status')).toEqual(['已支付'])
  })

  test('shows no older failure that came late', async () => {
    const slow = later<unknown>()
    wx.pay.mockReturnValueOnce(slow.promise).mockResolvedValueOnce(ok(paid()))
    const page = await open()
    await page.show()
    slow.fail(noNetwork)
    await settle()
    expect(page.has('.failure')).toBe(false)
  })

  test.each([ok(order()), refusal('UNKNOWN', '结果未知')])(
    'changes nothing on a page that is gone',
    async (answer) => {
      const slow = later<unknown>()
      wx.pay.mockReturnValue(slow.promise)
      const page = await open()
      const setData = jest.spyOn(page.page, 'setData')
      page.unload()
      slow.keep(answer)
      await settle()
      expect(setData).not.toHaveBeenCalled()
    },
  )
})
