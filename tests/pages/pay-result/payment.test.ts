import { attribute, press } from '../support/node'
import { ORDER_ID, openOrder } from '../support/order-page'
import { settle, type OpenPage } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, deferred, never, ok } from '../support/wx'

jest.mock('../../../miniprogram/config', () => ({ env: '', templateIds: ['template-1'] }))

let wx: ReturnType<typeof fakeWx>
let page: OpenPage

beforeEach(async () => {
  wx = fakeWx()
  wx.pay.mockResolvedValueOnce(ok(order()))
  page = await openOrder()
  wx.pay.mockClear()
})

/** Returns the actions that were called after the page had opened. */
const actions = () => wx.pay.mock.calls.map(([type]) => type)

describe('支付', () => {
  test('asks for messages in the tap itself, before anything else', () => {
    page.page['onPay']()
    expect(wx.requestSubscribeMessage.mock.calls).toEqual([[{ tmplIds: ['template-1'] }]])
    expect(wx.requestPayment).not.toHaveBeenCalled()
  })

  test('opens the payment sheet with the order’s own parameters', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(wx.requestPayment.mock.calls).toEqual([
      [
        {
          timeStamp: '1767294245',
          nonceStr: 'nonce',
          package: 'prepay_id=wx123',
          signType: 'MD5',
          paySign: 'SIGN',
        },
      ],
    ])
  })

  test('opens the sheet only after the shopper has answered about messages', async () => {
    const reply = deferred<{ errMsg: string }>()
    wx.requestSubscribeMessage.mockReturnValueOnce(reply.promise)
    await page.tap('.pay')
    expect(wx.requestPayment).not.toHaveBeenCalled()
    reply.resolve({ errMsg: 'requestSubscribeMessage:ok' })
    await settle()
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('continues when messages are refused', async () => {
    wx.requestSubscribeMessage.mockRejectedValueOnce({ errMsg: 'requestSubscribeMessage:fail' })
    await page.tap('.pay')
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('then queries whether the order is paid, and shows it', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(wx.pay.mock.calls).toEqual([['payorder', { out_trade_no: ORDER_ID }]])
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(wx.showToast.mock.calls).toEqual([[{ title: '支付成功' }]])
  })

  test('shows its button as working and disabled while it runs', async () => {
    expect(page.texts('.pay')).toEqual(['支付'])
    wx.requestPayment.mockReturnValue(never())
    await page.tap('.pay')
    expect(page.texts('.pay')).toEqual(['正在支付'])
    expect(attribute(page.find('.pay'), 'loading')).toBe(true)
    expect(attribute(page.find('.cancel'), 'disabled')).toBe(true)
  })

  test('makes one payment for two taps at once', async () => {
    wx.requestPayment.mockReturnValue(never())
    const button = page.find('.pay')
    press(button)
    press(button)
    await settle()
    expect(wx.requestSubscribeMessage).toHaveBeenCalledTimes(1)
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('is not disturbed when the page below the sheet is shown again', async () => {
    wx.requestPayment.mockReturnValue(never())
    await page.tap('.pay')
    await page.hide()
    await page.show()
    expect(actions()).toEqual([])
  })

  test('says that the result is being confirmed until it is known', async () => {
    wx.pay.mockReturnValue(never())
    await page.tap('.pay')
    expect(page.texts('.status.moving')).toEqual(['正在确认'])
    expect(page.texts('.hint')).toEqual(['正在确认支付结果，请勿重复支付'])
    expect(page.has('.pay')).toBe(false)
  })

  test('settles the order even when the page was closed meanwhile', async () => {
    const sheet = deferred<{ errMsg: string }>()
    wx.requestPayment.mockReturnValueOnce(sheet.promise)
    await page.tap('.pay')
    page.unload()
    sheet.resolve({ errMsg: 'requestPayment:ok' })
    await settle()
    expect(actions()).toEqual(['payorder'])
  })
})
