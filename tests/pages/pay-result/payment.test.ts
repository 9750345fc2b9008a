import { attribute, press } from '../support/node'
import { id, openOrder } from '../support/order-page'
import { settle, type OpenPage } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, later, never, ok } from '../support/wx'

jest.mock('../../../miniprogram/config', () => ({ env: '', templateIds: ['template-1'] }))

let wx: ReturnType<typeof fakeWx>
let page: OpenPage

beforeEach(async () => {
  wx = fakeWx()
  wx.pay.mockResolvedValueOnce(ok(order()))
  page = await openOrder()
  wx.pay.mockClear()
})

/** The actions that the function was asked for after the page had opened. */
const asked = () => wx.pay.mock.calls.map(([type]) => type)

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

  test('waits with the sheet until the shopper has answered about messages', async () => {
    const answer = later<{ errMsg: string }>()
    wx.requestSubscribeMessage.mockReturnValueOnce(answer.promise)
    await page.tap('.pay')
    expect(wx.requestPayment).not.toHaveBeenCalled()
    answer.keep({ errMsg: 'requestSubscribeMessage:ok' })
    await settle()
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('goes on when messages are refused', async () => {
    wx.requestSubscribeMessage.mockRejectedValueOnce({ errMsg: 'requestSubscribeMessage:fail' })
    await page.tap('.pay')
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('then asks whether the order is paid, and shows it', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(wx.pay.mock.calls).toEqual([['payorder', { out_trade_no: id }]])
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(wx.showToast.mock.calls).toEqual([[{ title: '支付成功' }]])
  })

  test('says that it works while it does, and cannot be tapped then', async () => {
    expect(page.texts('.pay')).toEqual(['支付'])
    wx.requestPayment.mockReturnValue(never())
    await page.tap('.pay')
    expect(page.texts('.pay')).toEqual(['正在支付'])
    expect(attribute(page.find('.pay'), 'loading')).toBe(true)
    expect(attribute(page.find('.cancel'), 'disabled')).toBe(true)
  })

  test('two taps at once are one payment', async () => {
    wx.requestPayment.mockReturnValue(never())
    const button = page.find('.pay')
    press(button)
    press(button)
    await settle()
    expect(wx.requestSubscribeMessage).toHaveBeenCalledTimes(1)
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('is not disturbed by the page showing again beneath the sheet', async () => {
    wx.requestPayment.mockReturnValue(never())
    await page.tap('.pay')
    await page.hide()
    await page.show()
    expect(asked()).toEqual([])
  })

  test('says that the result is being confirmed while it is', async () => {
    wx.pay.mockReturnValue(never())
    await page.tap('.pay')
    expect(page.texts('.status.moving')).toEqual(['正在确认'])
    expect(page.texts('.hint')).toEqual(['正在确认支付结果，请勿重复支付'])
    expect(page.has('.pay')).toBe(false)
  })

  test('settles the order even when the page is gone by then', async () => {
    const sheet = later<{ errMsg: string }>()
    wx.requestPayment.mockReturnValueOnce(sheet.promise)
    await page.tap('.pay')
    page.unload()
    sheet.keep({ errMsg: 'requestPayment:ok' })
    await settle()
    expect(asked()).toEqual(['payorder'])
  })
})
