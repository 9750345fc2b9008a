import { attribute, openPage, press, settle } from './support/page'
import { order, paid, refunding, T0 } from './support/samples'
import { fakeWx, later, noNetwork, ok, refusal } from './support/wx'

const id = 'a'.repeat(32)
const open = (beneath: string[] = []) => openPage('pages/pay-result/index', { id }, beneath)

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** The actions that the function was asked for. */
const asked = () => wx.pay.mock.calls.map(([type]) => type)

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

describe.each([
  {
    button: '.cancel',
    action: 'closeorder',
    before: order(),
    after: order({ status: 2, rev: 2 }),
    word: '已关闭',
    toast: '订单已取消',
  },
  {
    button: '.refund',
    action: 'refund',
    before: paid(),
    after: refunding(),
    word: '正在退款',
    toast: '已申请退款',
  },
])('$action', ({ button, action, before, after, word, toast }) => {
  beforeEach(() => wx.pay.mockResolvedValueOnce(ok(before)))

  test('asks first, with the amount', async () => {
    wx.showModal.mockResolvedValue({ confirm: false, cancel: true })
    const page = await open()
    await page.tap(button)
    const [question] = wx.showModal.mock.calls[0] ?? []
    expect(`${question.title}${question.content}`).toContain('¥0.01')
  })

  test('does nothing when the shopper thinks again', async () => {
    wx.showModal.mockResolvedValue({ confirm: false, cancel: true })
    const page = await open()
    await page.tap(button)
    expect(asked()).toEqual(['orderquery'])
    expect(attribute(page.find(button), 'disabled')).toBe(false)
  })

  test('is asked for by number, and its result shown', async () => {
    wx.pay.mockResolvedValueOnce(ok(after))
    const page = await open()
    await page.tap(button)
    expect(wx.pay.mock.calls[1]).toEqual([action, { out_trade_no: id }])
    expect(page.texts('.status')).toEqual([word])
    expect(wx.showToast.mock.calls).toEqual([[{ title: toast }]])
  })

  test('works once, however often it is tapped', async () => {
    wx.pay.mockReturnValueOnce(later<unknown>().promise)
    const page = await open()
    press(page.find(button))
    press(page.find(button))
    await settle()
    expect(wx.showModal).toHaveBeenCalledTimes(1)
    expect(asked()).toEqual(['orderquery', action])
    expect(attribute(page.find(button), 'loading')).toBe(true)
    expect(attribute(page.find(button), 'disabled')).toBe(true)
  })

  test('that was refused says why and offers itself again', async () => {
    wx.pay
      .mockResolvedValueOnce(refusal('WECHAT_PAY_REFUSED', '系统繁忙', 'FREQ'))
      .mockResolvedValueOnce(ok(before))
    const page = await open()
    await page.tap(button)
    expect(page.texts('.failure')).toEqual(['系统繁忙 FREQ'])
    expect(attribute(page.find(button), 'disabled')).toBe(false)
    expect(wx.showToast).not.toHaveBeenCalled()
  })

  test('tried again no longer shows why it was refused', async () => {
    wx.pay
      .mockResolvedValueOnce(refusal('WECHAT_PAY_REFUSED', '系统繁忙', 'FREQ'))
      .mockResolvedValueOnce(ok(before))
      .mockReturnValueOnce(later<unknown>().promise)
    const page = await open()
    await page.tap(button)
    await page.tap(button)
    expect(page.has('.failure')).toBe(false)
  })

  test('whose outcome is unknown shows what the order is by then', async () => {
    wx.pay.mockRejectedValueOnce(noNetwork).mockResolvedValueOnce(ok(after))
    const page = await open()
    await page.tap(button)
    expect(asked()).toEqual(['orderquery', action, 'orderquery'])
    expect(page.texts('.status')).toEqual([word])
    expect(page.has('.failure')).toBe(false)
  })
})

test('a cancelled order that turns out to be paid is shown as paid', async () => {
  wx.pay.mockResolvedValueOnce(ok(order())).mockResolvedValueOnce(ok(paid()))
  const page = await open()
  await page.tap('.cancel')
  expect(page.texts('.status')).toEqual(['已支付'])
})

describe('deleteorder', () => {
  beforeEach(() => wx.pay.mockResolvedValueOnce(ok(order({ status: 2 }))))

  test('does nothing when the shopper thinks again', async () => {
    wx.showModal.mockResolvedValue({ confirm: false, cancel: true })
    const page = await open()
    await page.tap('.delete')
    expect(asked()).toEqual(['orderquery'])
    expect(wx.redirectTo).not.toHaveBeenCalled()
  })

  test('goes back to the order list that it was opened from', async () => {
    wx.pay.mockResolvedValueOnce(ok(order({ status: 2, hidden: true, rev: 2 })))
    const page = await open(['pages/pay-list/index', 'pages/pay-order/index'])
    await page.tap('.delete')
    expect(wx.pay.mock.calls[1]).toEqual(['deleteorder', { out_trade_no: id }])
    expect(wx.navigateBack).toHaveBeenCalledTimes(1)
    expect(wx.redirectTo).not.toHaveBeenCalled()
  })

  test('goes to the order list in place of the order otherwise', async () => {
    wx.pay.mockResolvedValueOnce(ok(order({ status: 2, hidden: true, rev: 2 })))
    const page = await open(['pages/pay-list/index'])
    await page.tap('.delete')
    expect(wx.redirectTo.mock.calls).toEqual([[{ url: '/pages/pay-order/index' }]])
  })

  test('stays and says why when it was refused', async () => {
    wx.pay
      .mockResolvedValueOnce(refusal('NOT_ALLOWED_NOW', '订单还不能删除'))
      .mockResolvedValueOnce(ok(order({ status: 2 })))
    const page = await open()
    await page.tap('.delete')
    expect(page.texts('.failure')).toEqual(['订单还不能删除'])
    expect(wx.redirectTo).not.toHaveBeenCalled()
  })

  test('goes nowhere when the shopper has left meanwhile', async () => {
    const reply = later<unknown>()
    wx.pay.mockReturnValueOnce(reply.promise)
    const page = await open()
    await page.tap('.delete')
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    reply.keep(ok(order({ status: 2, hidden: true })))
    await settle()
    expect(wx.redirectTo).not.toHaveBeenCalled()
    expect(setData).not.toHaveBeenCalled()
  })
})
