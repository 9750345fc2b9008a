import { NO_NETWORK } from '../support/network'
import { attribute } from '../support/node'
import { openPage, settle, type OpenPage } from '../support/page'
import { goods, order } from '../support/samples'
import { fakeWx, deferred, never, ok, refusal } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
let page: OpenPage

beforeEach(async () => {
  wx = fakeWx()
  wx.stored.goods = [goods(1), goods(2)]
  page = await openPage('pages/pay-list/index')
})

describe('下单 that is refused', () => {
  beforeEach(async () => {
    wx.pay.mockResolvedValueOnce(refusal('WECHAT_PAY_REFUSED', '商户无权限', 'NOAUTH'))
    await page.tap('.order', 1)
  })

  test('shows which product and why, and below in small print WeChat’s code and message', () => {
    expect(page.texts('.refused-title')).toEqual(['下单没有完成：商品2'])
    expect(page.names('alert')).toEqual(['微信没有受理，请联系商家 NOAUTH 商户无权限'])
    expect(page.texts('.code')).toEqual(['NOAUTH 商户无权限'])
  })

  test('opens no order, and can be tapped again', () => {
    expect(wx.navigateTo).not.toHaveBeenCalled()
    expect(attribute(page.find('.order'), 'disabled')).toBe(false)
  })

  test('shows no link to the orders', () => {
    expect(page.has('.to-unpaid')).toBe(false)
  })

  test('hides the failure when the shopper tries again', async () => {
    wx.pay.mockReturnValue(never())
    await page.tap('.order', 0)
    expect(page.names('alert')).toEqual([])
  })

  test('keeps the failure when the list is refreshed', async () => {
    await page.pullDown()
    expect(page.has('.refused')).toBe(true)
  })

  test.each([
    ['知道了 is tapped', () => page.tap('.dismiss')],
    ['the shopper comes back from another page', () => page.show()],
  ])('hides the failure when %s', async (_what, act) => {
    await act()
    expect(page.has('.refused')).toBe(false)
  })
})

test('下单 with too many unpaid orders shows a link to the orders', async () => {
  wx.pay.mockResolvedValueOnce(refusal('TOO_MANY_UNPAID', '你有 10 个订单还没支付'))
  await page.tap('.order')
  expect(page.names('alert')).toEqual(['你有 10 个订单还没支付'])
  expect(attribute(page.find('.to-unpaid'), 'url')).toBe('/pages/pay-order/index')
})

test('下单 without a reply says so, with CloudBase’s code below', async () => {
  wx.pay.mockRejectedValueOnce(NO_NETWORK)
  await page.tap('.order')
  expect(page.names('alert')).toEqual(['网络不太顺畅，请稍后重试 -1'])
})

test('下单 without a network is not retried automatically when it is back', async () => {
  wx.pay.mockResolvedValue(ok(order()))
  wx.network.disconnect()
  await page.tap('.order')
  expect(page.names('alert')).toEqual([expect.stringContaining('请检查网络设置')])
  wx.network.connect()
  await settle()
  expect(wx.pay).not.toHaveBeenCalled()
  expect(page.has('.refused')).toBe(false)
})

test('下单 does not open the order when the shopper has left the page before the reply', async () => {
  const reply = deferred<unknown>()
  wx.pay.mockReturnValueOnce(reply.promise)
  await page.tap('.order')
  await page.hide()
  reply.resolve(ok(order()))
  await settle()
  expect(wx.navigateTo).not.toHaveBeenCalled()
})
