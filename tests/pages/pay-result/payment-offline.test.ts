import { NO_NETWORK } from '../support/network'
import { openOrder } from '../support/order-page'
import { pass, settle, type OpenPage } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, deferred, ok } from '../support/wx'

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

describe('a payment during which the network is lost', () => {
  beforeEach(async () => {
    const sheet = deferred<{ errMsg: string }>()
    wx.requestPayment.mockReturnValueOnce(sheet.promise)
    await page.tap('.pay')
    wx.network.disconnect()
    sheet.reject({ errMsg: 'requestPayment:fail' })
    await settle()
  })

  test('is being confirmed, and says that there is no network', () => {
    expect(page.texts('.status')).toEqual(['正在确认'])
    expect(page.names('alert')).toEqual(['没有网络，请检查网络设置'])
  })

  test('is queried at once when the network is back', async () => {
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

test('a payment that is confirmed while its page is hidden shows no toast over another page', async () => {
  const reply = deferred<unknown>()
  wx.pay.mockReturnValueOnce(reply.promise)
  await page.tap('.pay')
  await page.hide()
  reply.resolve(ok(paid()))
  await settle()
  expect(wx.showToast).not.toHaveBeenCalled()
})

test('a query that fails while a refund is polled is not shown unless the phone is offline', async () => {
  wx.pay.mockResolvedValueOnce(ok(order({ close_requested_at: 1 }))).mockRejectedValue(NO_NETWORK)
  await page.show()
  await pass(6)
  expect(page.has('.failure')).toBe(false)
})
