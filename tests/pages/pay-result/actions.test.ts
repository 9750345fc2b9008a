import { NO_NETWORK } from '../support/network'
import { attribute, press } from '../support/node'
import { ORDER_ID, openOrder } from '../support/order-page'
import { pass, settle } from '../support/page'
import { order, paid, refunding } from '../support/samples'
import { fakeWx, deferred, never, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** Returns the actions that were called. */
const actions = () => wx.pay.mock.calls.map(([type]) => type)

describe.each([
  {
    button: '.cancel',
    action: 'closeorder',
    before: order(),
    after: order({ status: 2, rev: 2 }),
    word: '已关闭',
    working: '正在取消',
    toast: '订单已取消',
  },
  {
    button: '.refund',
    action: 'refund',
    before: paid(),
    after: refunding(),
    word: '正在退款',
    working: '正在申请',
    toast: '已申请退款',
  },
])('$action', ({ button, action, before, after, word, working, toast }) => {
  beforeEach(() => wx.pay.mockResolvedValueOnce(ok(before)))

  test('asks the shopper first, with the amount', async () => {
    wx.showModal.mockResolvedValue({ confirm: false, cancel: true })
    const page = await openOrder()
    await page.tap(button)
    const [question] = wx.showModal.mock.calls[0] ?? []
    expect(`${question.title}${question.content}`).toContain('¥0.01')
  })

  test('runs only once the shopper has confirmed', async () => {
    const reply = deferred<{ confirm: boolean; cancel: boolean }>()
    wx.showModal.mockReturnValueOnce(reply.promise)
    wx.pay.mockReturnValueOnce(never())
    const page = await openOrder()
    await page.tap(button)
    expect(attribute(page.find(button), 'loading')).toBe(false)
    reply.resolve({ confirm: true, cancel: false })
    await settle()
    expect(attribute(page.find(button), 'loading')).toBe(true)
  })

  test('opens one dialog, however often it is tapped', async () => {
    wx.showModal.mockReturnValue(never())
    const page = await openOrder()
    press(page.find(button))
    press(page.find(button))
    await settle()
    expect(wx.showModal).toHaveBeenCalledTimes(1)
  })

  test('does nothing when the shopper declines', async () => {
    wx.showModal.mockResolvedValue({ confirm: false, cancel: true })
    const page = await openOrder()
    await page.tap(button)
    expect(actions()).toEqual(['orderquery'])
    expect(attribute(page.find(button), 'disabled')).toBe(false)
  })

  test('is called with the order number, and its result is shown', async () => {
    wx.pay.mockResolvedValueOnce(ok(after))
    const page = await openOrder()
    await page.tap(button)
    expect(wx.pay.mock.calls[1]).toEqual([action, { out_trade_no: ORDER_ID }])
    expect(page.texts('.status')).toEqual([word])
    expect(wx.showToast.mock.calls).toEqual([[{ title: toast }]])
  })

  test('runs once, however often it is tapped', async () => {
    wx.pay.mockReturnValueOnce(never())
    const page = await openOrder()
    press(page.find(button))
    press(page.find(button))
    await settle()
    expect(wx.showModal).toHaveBeenCalledTimes(1)
    expect(actions()).toEqual(['orderquery', action])
    expect(attribute(page.find(button), 'loading')).toBe(true)
    expect(attribute(page.find(button), 'disabled')).toBe(true)
    expect(page.texts(button)).toEqual([working])
  })

  test('says after 3 s that the network is slow', async () => {
    wx.pay.mockReturnValueOnce(never())
    const page = await openOrder()
    await page.tap(button)
    await pass(3)
    expect(page.names('status')).toEqual(['网络有点慢，请稍候'])
  })

  test('that was refused says why and is offered again', async () => {
    wx.pay
      .mockResolvedValueOnce(refusal('WECHAT_PAY_REFUSED', '系统繁忙', 'FREQ'))
      .mockResolvedValueOnce(ok(before))
    const page = await openOrder()
    await page.tap(button)
    expect(page.texts('.failure')).toEqual(['微信没有受理，请联系商家 FREQ 系统繁忙'])
    expect(attribute(page.find(button), 'disabled')).toBe(false)
    expect(wx.showToast).not.toHaveBeenCalled()
  })

  test('hides the refusal when it is retried', async () => {
    wx.pay
      .mockResolvedValueOnce(refusal('WECHAT_PAY_REFUSED', '系统繁忙', 'FREQ'))
      .mockResolvedValueOnce(ok(before))
      .mockReturnValueOnce(never())
    const page = await openOrder()
    await page.tap(button)
    await page.tap(button)
    expect(page.has('.failure')).toBe(false)
  })

  test('whose outcome is unknown shows the current state of the order', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK).mockResolvedValueOnce(ok(after))
    const page = await openOrder()
    await page.tap(button)
    expect(actions()).toEqual(['orderquery', action, 'orderquery'])
    expect(page.texts('.status')).toEqual([word])
    expect(page.has('.failure')).toBe(false)
  })
})

test('no payment is opened while the cancel dialog is open', async () => {
  wx.pay.mockResolvedValueOnce(ok(order()))
  wx.showModal.mockReturnValueOnce(never())
  const page = await openOrder()
  press(page.find('.cancel'))
  press(page.find('.pay'))
  await settle()
  expect(wx.requestPayment).not.toHaveBeenCalled()
})

test('a cancelled order that turns out to be paid is shown as paid', async () => {
  wx.pay.mockResolvedValueOnce(ok(order())).mockResolvedValueOnce(ok(paid()))
  const page = await openOrder()
  await page.tap('.cancel')
  expect(page.texts('.status')).toEqual(['已支付'])
})
