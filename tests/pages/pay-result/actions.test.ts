import { attribute, openPage, press, settle } from '../support/page'
import { order, paid, refunding } from '../support/samples'
import { fakeWx, later, noNetwork, ok, refusal } from '../support/wx'

const id = 'a'.repeat(32)
const open = (beneath: string[] = []) => openPage('pages/pay-result/index', { id }, beneath)

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** The actions that the function was asked for. */
const asked = () => wx.pay.mock.calls.map(([type]) => type)

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

  test('works only once the shopper has confirmed', async () => {
    const answer = later<{ confirm: boolean; cancel: boolean }>()
    wx.showModal.mockReturnValueOnce(answer.promise)
    wx.pay.mockReturnValueOnce(later<unknown>().promise)
    const page = await open()
    await page.tap(button)
    expect(attribute(page.find(button), 'loading')).toBe(false)
    answer.keep({ confirm: true, cancel: false })
    await settle()
    expect(attribute(page.find(button), 'loading')).toBe(true)
  })

  test('asks one question, however often it is tapped', async () => {
    wx.showModal.mockReturnValue(later<{ confirm: boolean; cancel: boolean }>().promise)
    const page = await open()
    press(page.find(button))
    press(page.find(button))
    await settle()
    expect(wx.showModal).toHaveBeenCalledTimes(1)
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

test('no payment is opened while it is asked whether to cancel the order', async () => {
  wx.pay.mockResolvedValueOnce(ok(order()))
  wx.showModal.mockReturnValueOnce(later<{ confirm: boolean; cancel: boolean }>().promise)
  const page = await open()
  press(page.find('.cancel'))
  press(page.find('.pay'))
  await settle()
  expect(wx.requestPayment).not.toHaveBeenCalled()
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
