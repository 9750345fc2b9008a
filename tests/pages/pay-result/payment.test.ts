import { openPage, pass, press, settle } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, later, noNetwork, ok, refusal } from '../support/wx'

jest.mock('../../../miniprogram/config', () => ({ env: '', templateIds: ['template-1'] }))

const id = 'a'.repeat(32)
const cancelled = { errMsg: 'requestPayment:fail cancel' }
const failed = { errMsg: 'requestPayment:fail jsapi has no permission' }

let wx: ReturnType<typeof fakeWx>
let page: Awaited<ReturnType<typeof openPage>>

beforeEach(async () => {
  wx = fakeWx()
  wx.pay.mockResolvedValueOnce(ok(order()))
  page = await openPage('pages/pay-result/index', { id })
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

  test('two taps at once are one payment', async () => {
    wx.requestPayment.mockReturnValue(later<never>().promise)
    const button = page.find('.pay')
    press(button)
    press(button)
    await settle()
    expect(wx.requestSubscribeMessage).toHaveBeenCalledTimes(1)
    expect(wx.requestPayment).toHaveBeenCalledTimes(1)
  })

  test('is not disturbed by the page showing again beneath the sheet', async () => {
    wx.requestPayment.mockReturnValue(later<never>().promise)
    await page.tap('.pay')
    await page.hide()
    await page.show()
    expect(asked()).toEqual([])
  })

  test('says that the result is being confirmed while it is', async () => {
    wx.pay.mockReturnValue(later<unknown>().promise)
    await page.tap('.pay')
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

describe('a cancelled payment', () => {
  beforeEach(() => wx.requestPayment.mockRejectedValueOnce(cancelled))

  test('asks what happened, and leaves an unpaid order to be paid, without an error', async () => {
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.tap('.pay')
    expect(asked()).toEqual(['orderquery'])
    expect(page.texts('.status')).toEqual(['未支付'])
    expect(page.has('.pay')).toBe(true)
    expect(page.has('.failure')).toBe(false)
  })

  test('that was made after all is shown as paid', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(page.texts('.status')).toEqual(['已支付'])
  })
})

describe('a failed payment', () => {
  beforeEach(() => wx.requestPayment.mockRejectedValueOnce(failed))

  test('asks what happened, says why, and can be tried again', async () => {
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.tap('.pay')
    expect(asked()).toEqual(['orderquery'])
    expect(page.texts('.failure')).toEqual(['支付没有完成，请重试 jsapi has no permission'])
    expect(page.has('.pay')).toBe(true)
  })

  test('that was made after all is shown as paid, without an error', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(page.has('.failure')).toBe(false)
  })

  test('about which nothing is known is being confirmed until there is an answer', async () => {
    wx.pay.mockRejectedValueOnce(noNetwork).mockResolvedValueOnce(ok(order()))
    await page.tap('.pay')
    expect(page.texts('.hint')).toEqual(['正在确认支付结果，请勿重复支付'])
    expect(page.has('.pay')).toBe(false)
    await pass(2)
    expect(page.has('.pay')).toBe(true)
  })
})

describe('a payment whose outcome is unknown', () => {
  beforeEach(async () => {
    wx.pay.mockResolvedValueOnce(refusal('UNKNOWN', '结果未知'))
    await page.tap('.pay')
  })

  test('is being confirmed, and can be neither paid again nor cancelled', () => {
    expect(page.texts('.hint')).toEqual(['正在确认支付结果，请勿重复支付'])
    expect(page.has('.pay')).toBe(false)
    expect(page.has('.cancel')).toBe(false)
  })

  test('is asked about until it is known', async () => {
    wx.pay.mockResolvedValueOnce(ok(order())).mockResolvedValueOnce(ok(paid()))
    await pass(2)
    expect(page.has('.pay')).toBe(false)
    await pass(4)
    expect(asked()).toEqual(['payorder', 'orderquery', 'orderquery'])
    expect(page.texts('.status')).toEqual(['已支付'])
    await pass(60)
    expect(asked()).toHaveLength(3)
  })
})
