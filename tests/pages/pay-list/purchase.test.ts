import { NO_NETWORK } from '../support/network'
import { openPage } from '../support/page'
import { goods, order, paid } from '../support/samples'
import { fakeWx, ok, refusal } from '../support/wx'

const open = () => openPage('pages/pay-list/index')

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
  wx.stored.goods = [goods(1), goods(2)]
  wx.pay.mockResolvedValue(ok(order()))
})

/** Returns the keys that the function received, in the order of the calls. */
const keysSent = () => wx.pay.mock.calls.map(([, data]) => data.key)

describe('the idempotency key of a purchase', () => {
  test('a second purchase has another key', async () => {
    const page = await open()
    await page.tap('.order')
    await page.tap('.order')
    expect(new Set(keysSent()).size).toBe(2)
  })

  test('a tap after a lost reply sends the same key again', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK)
    const page = await open()
    await page.tap('.order')
    await page.tap('.order')
    expect(new Set(keysSent()).size).toBe(1)
    expect(wx.navigateTo).toHaveBeenCalledTimes(1)
  })

  test('a tap after an unknown outcome sends the same key again, on a new page too', async () => {
    wx.pay.mockResolvedValueOnce(refusal('UNKNOWN', '结果未知'))
    const page = await open()
    await page.tap('.order')
    page.unload()
    await (await open()).tap('.order')
    expect(new Set(keysSent()).size).toBe(1)
  })

  test('a tap after a refusal has a new key', async () => {
    wx.pay.mockResolvedValueOnce(refusal('GOODS_NOT_FOR_SALE', '商品已下架'))
    const page = await open()
    await page.tap('.order')
    await page.tap('.order')
    expect(new Set(keysSent()).size).toBe(2)
  })

  test('two products have different keys', async () => {
    wx.pay.mockRejectedValue(NO_NETWORK)
    const page = await open()
    await page.tap('.order', 0)
    await page.tap('.order', 1)
    expect(new Set(keysSent()).size).toBe(2)
  })

  test('a stored key whose order was paid meanwhile is replaced for a new order', async () => {
    const second = 'b'.repeat(32)
    wx.pay
      .mockRejectedValueOnce(NO_NETWORK)
      .mockResolvedValueOnce(ok(paid()))
      .mockResolvedValueOnce(ok(order({ out_trade_no: second })))
    const page = await open()
    await page.tap('.order')
    await page.tap('.order')
    const [first, again, fresh] = keysSent()
    expect(again).toBe(first)
    expect(fresh).not.toBe(first)
    expect(wx.navigateTo.mock.calls).toEqual([[{ url: `/pages/pay-result/index?id=${second}` }]])
  })
})
