import { noNetwork } from '../support/network'
import { openOrder } from '../support/order-page'
import { pass, settle, type OpenPage } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, later, ok } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
let page: OpenPage

beforeEach(async () => {
  wx = fakeWx()
  wx.pay.mockResolvedValueOnce(ok(order()))
  page = await openOrder()
})

test('a payment without a network opens no sheet, and says why', async () => {
  wx.network.disconnect()
  await page.tap('.pay')
  expect(wx.requestPayment).not.toHaveBeenCalled()
  expect(page.texts('.status')).toEqual(['等待支付'])
  expect(page.names('alert')).toEqual(['没有网络，请检查网络设置'])
})

describe('a payment during which the network goes away', () => {
  beforeEach(async () => {
    const sheet = later<{ errMsg: string }>()
    wx.requestPayment.mockReturnValueOnce(sheet.promise)
    await page.tap('.pay')
    wx.network.disconnect()
    sheet.fail({ errMsg: 'requestPayment:fail' })
    await settle()
  })

  test('is being confirmed, and says that there is no network', () => {
    expect(page.texts('.status')).toEqual(['正在确认'])
    expect(page.names('alert')).toEqual(['没有网络，请检查网络设置'])
  })

  test('is asked about at once when there is one again', async () => {
    wx.pay.mockResolvedValue(ok(paid()))
    wx.network.connect()
    await settle()
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(page.has('.failure')).toBe(false)
  })

  test('that was not made says so', async () => {
    wx.pay.mockResolvedValue(ok(order()))
    wx.network.connect()
    await settle()
    expect(page.texts('.status')).toEqual(['等待支付'])
    expect(page.names('alert')).toEqual(['这次没有付款成功'])
  })
})

test('a payment that is confirmed on a page that is hidden says nothing over another one', async () => {
  const answer = later<unknown>()
  wx.pay.mockReturnValueOnce(answer.promise)
  await page.tap('.pay')
  await page.hide()
  answer.keep(ok(paid()))
  await settle()
  expect(wx.showToast).not.toHaveBeenCalled()
})

test('a look that fails while a refund is followed says nothing as long as there is a network', async () => {
  wx.pay.mockResolvedValueOnce(ok(order({ close_requested_at: 1 }))).mockRejectedValue(noNetwork)
  await page.show()
  await pass(6)
  expect(page.has('.failure')).toBe(false)
})
