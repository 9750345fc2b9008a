import { attribute, openPage, press, settle } from './support/page'
import { goods, order, paid } from './support/samples'
import { fakeWx, later, noNetwork, ok, refusal } from './support/wx'

const open = () => openPage('pages/pay-list/index')

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
  wx.find.mockResolvedValue([goods(1), goods(2)])
  wx.pay.mockResolvedValue(ok(order()))
})

/** The keys that reached the function, in the order of the calls. */
const keysSent = () => wx.pay.mock.calls.map(([, data]) => data.key)

describe('the list of goods', () => {
  test('says that it is loading', async () => {
    wx.find.mockReturnValue(later<unknown[]>().promise)
    expect((await open()).text()).toContain('正在加载')
  })

  test('shows name, description, picture and price of each product, and its end', async () => {
    wx.find.mockResolvedValue([goods(1), goods(1205)])
    const page = await open()
    expect(page.texts('.name')).toEqual(['商品1', '商品1205'])
    expect(page.texts('.description')).toEqual(['说明1', '说明1205'])
    expect(page.texts('.price')).toEqual(['¥0.01', '¥12.05'])
    expect(attribute(page.find('.picture'), 'src')).toBe('cloud://env.bucket/goods/g1.png')
    expect(page.text()).toContain('没有更多商品了')
  })

  test.each([
    [9, '¥0.09'],
    [10, '¥0.10'],
    [29, '¥0.29'],
    [100, '¥1.00'],
    [123456789, '¥1234567.89'],
  ])('shows %d fen as %s', async (price, text) => {
    wx.find.mockResolvedValue([goods(price)])
    expect((await open()).texts('.price')).toEqual([text])
  })

  test('reads on after 20 goods, from the last one', async () => {
    const first = Array.from({ length: 20 }, (_, n) => goods(n))
    wx.find.mockResolvedValueOnce(first).mockResolvedValueOnce([goods(20)])
    const page = await open()
    expect(page.texts('.name')).toHaveLength(21)
    expect(wx.find.mock.calls.map(([query]) => query)).toEqual([
      { collection: 'goods', where: { _id: { gt: '' } }, orderBy: ['_id', 'asc'], limit: 20 },
      { collection: 'goods', where: { _id: { gt: 'g019' } }, orderBy: ['_id', 'asc'], limit: 20 },
    ])
  })

  test('says that there are no goods', async () => {
    wx.find.mockResolvedValue([])
    expect((await open()).text()).toContain('还没有商品')
  })

  test('shows why it could not be loaded, and loads when 重试 is tapped', async () => {
    wx.find.mockRejectedValueOnce(noNetwork)
    const page = await open()
    expect(page.text()).toContain('网络不太顺畅')
    await page.tap('.retry')
    expect(page.texts('.name')).toEqual(['商品1', '商品2'])
  })

  test('is read again on pulling down, which then ends', async () => {
    const page = await open()
    wx.find.mockResolvedValue([goods(3)])
    await page.pullDown()
    expect(page.texts('.name')).toEqual(['商品3'])
    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(1)
  })

  test('stays when reading it again fails, and says so', async () => {
    const page = await open()
    wx.find.mockRejectedValue(noNetwork)
    await page.pullDown()
    expect(page.texts('.name')).toEqual(['商品1', '商品2'])
    expect(page.texts('.failure')).toEqual(['网络不太顺畅，请稍后重试 -1'])
  })

  test('is not overwritten by an older reply that came late', async () => {
    const page = await open()
    const slow = later<unknown[]>()
    wx.find.mockReturnValueOnce(slow.promise).mockResolvedValueOnce([goods(4)])
    await page.pullDown()
    await page.pullDown()
    slow.keep([goods(3)])
    await settle()
    expect(page.texts('.name')).toEqual(['商品4'])
  })

  test('leads to the order list', async () => {
    expect(attribute((await open()).find('.to-orders'), 'url')).toBe('/pages/pay-order/index')
  })
})

describe('下单', () => {
  test('orders the product that was tapped, under a key of 32 hex characters', async () => {
    const page = await open()
    await page.tap('.order', 1)
    expect(wx.pay.mock.calls).toEqual([
      ['unifiedorder', { goods_id: 'g002', key: '1'.padStart(32, '0') }],
    ])
  })

  test('opens the order', async () => {
    const page = await open()
    await page.tap('.order')
    expect(wx.navigateTo.mock.calls).toEqual([
      [{ url: `/pages/pay-result/index?id=${'a'.repeat(32)}` }],
    ])
  })

  test('two taps at once are one call', async () => {
    const page = await open()
    const button = page.find('.order')
    press(button)
    press(button)
    await settle()
    expect(wx.pay).toHaveBeenCalledTimes(1)
  })

  test('the button works and every other one waits until the reply is there', async () => {
    const reply = later<unknown>()
    wx.pay.mockReturnValue(reply.promise)
    const page = await open()
    await page.tap('.order')
    expect(page.texts('.order')).toEqual(['正在下单', '下单'])
    expect(attribute(page.find('.order'), 'loading')).toBe(true)
    expect(attribute(page.find('.order'), 'disabled')).toBe(true)
    reply.keep(ok(order()))
    await settle()
    expect(attribute(page.find('.order'), 'disabled')).toBe(false)
  })

  test('a second intent has a key of its own', async () => {
    const page = await open()
    await page.tap('.order')
    await page.tap('.order')
    expect(new Set(keysSent()).size).toBe(2)
  })

  test('a tap after a lost reply sends the same key again', async () => {
    wx.pay.mockRejectedValueOnce(noNetwork)
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

  test('the keys of two products are not the same', async () => {
    wx.pay.mockRejectedValue(noNetwork)
    const page = await open()
    await page.tap('.order', 0)
    await page.tap('.order', 1)
    expect(new Set(keysSent()).size).toBe(2)
  })

  test('a kept key whose order was paid meanwhile makes way for a new order', async () => {
    const second = 'b'.repeat(32)
    wx.pay
      .mockRejectedValueOnce(noNetwork)
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

  test('a refusal is shown with the product, and WeChat’s code beneath', async () => {
    wx.pay.mockResolvedValue(refusal('WECHAT_PAY_REFUSED', '商户无权限', 'NOAUTH'))
    const page = await open()
    await page.tap('.order', 1)
    expect(page.texts('.failure')).toEqual(['商户无权限 NOAUTH'])
    expect(wx.navigateTo).not.toHaveBeenCalled()
  })

  test('a reply to a page that is gone changes nothing on it', async () => {
    const reply = later<unknown>()
    wx.pay.mockReturnValue(reply.promise)
    const page = await open()
    await page.tap('.order')
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    reply.keep(refusal('UNKNOWN', '结果未知'))
    await settle()
    expect(setData).not.toHaveBeenCalled()
  })
})
