import { attribute, openPage, settle } from './support/page'
import { bodies, nthOrder, order, orders, ordersFor, paid, refunding, T0 } from './support/samples'
import { fakeWx, later, noNetwork } from './support/wx'
import type { Order } from '../../typings/contract'

const open = () => openPage('pages/pay-order/index')

let wx: ReturnType<typeof fakeWx>
/** what the fake database holds */
let stored: Order[]

beforeEach(() => {
  wx = fakeWx()
  stored = []
  wx.find.mockImplementation(async (query) => ordersFor(query, stored))
})

describe('the order list', () => {
  test('says that it is loading', async () => {
    wx.find.mockReturnValue(later<unknown[]>().promise)
    expect((await open()).text()).toBe('正在加载')
  })

  test('asks for the shopper’s own orders that are not hidden, newest first, 20 at a time', async () => {
    await open()
    expect(wx.find.mock.calls).toEqual([
      [
        {
          collection: 'orders',
          where: {
            _openid: '{openid}',
            hidden: false,
            created_at: { lt: Number.MAX_SAFE_INTEGER },
          },
          orderBy: ['created_at', 'desc'],
          limit: 20,
        },
      ],
    ])
  })

  test('shows goods, time in Beijing, amount and status of an order', async () => {
    stored = [order({ total_fee: 250 as Order['total_fee'] })]
    const page = await open()
    expect(page.texts('.order')).toEqual(['鸡蛋干 2026-01-02 03:04:05 ¥2.50 未支付'])
  })

  test.each([
    ['未支付', 'waiting', order()],
    ['正在取消', 'moving', order({ close_requested_at: T0 })],
    ['已支付', 'good', paid()],
    ['已关闭', 'ended', order({ status: 2 })],
    ['正在退款', 'moving', refunding()],
    ['退款异常', 'bad', refunding({ state: 'CHANGE' })],
    ['已退款', 'ended', paid({ status: 4 })],
  ])('says %s in the colour "%s"', async (word, tone, one) => {
    stored = [one]
    expect((await open()).texts(`.status.${tone}`)).toEqual([word])
  })

  test('shows more when its end is reached, from the oldest one shown', async () => {
    stored = orders(1, 45)
    const page = await open()
    await page.page['onReachBottom']()
    await settle()
    expect(page.texts('.body')).toEqual(bodies(6, 45))
    expect(wx.find.mock.calls[1]?.[0].where['created_at'].lt).toBe(nthOrder(26).created_at)
  })

  test('says that it is loading more', async () => {
    stored = orders(1, 45)
    const page = await open()
    wx.find.mockReturnValue(later<unknown[]>().promise)
    page.page['onReachBottom']()
    await settle()
    expect(page.text()).toContain('正在加载更多')
  })

  test('does not ask twice for the same page', async () => {
    stored = orders(1, 45)
    const page = await open()
    page.page['onReachBottom']()
    page.page['onReachBottom']()
    await settle()
    expect(wx.find).toHaveBeenCalledTimes(2)
  })

  test('says so when nothing older is left, and asks no more', async () => {
    stored = orders(1, 3)
    const page = await open()
    expect(page.text()).toContain('没有更多订单了')
    await page.page['onReachBottom']()
    expect(wx.find).toHaveBeenCalledTimes(1)
  })

  test('without an order leads to the goods', async () => {
    const page = await open()
    expect(page.text()).toBe('还没有订单 去选商品')
    expect(attribute(page.find('.to-goods'), 'url')).toBe('/pages/pay-list/index')
  })

  test('that could not be loaded says why, and loads when 重试 is tapped', async () => {
    stored = orders(1, 2)
    wx.find.mockRejectedValueOnce(noNetwork)
    const page = await open()
    expect(page.text()).toContain('网络不太顺畅，请稍后重试 -1')
    await page.tap('.retry')
    expect(page.texts('.body')).toEqual(bodies(1, 2))
  })

  test('keeps what it has when more could not be loaded, and goes on from there', async () => {
    stored = orders(1, 30)
    const page = await open()
    wx.find.mockRejectedValueOnce(noNetwork)
    await page.page['onReachBottom']()
    await settle()
    expect(page.texts('.body')).toEqual(bodies(11, 30))
    await page.tap('.retry')
    expect(page.texts('.body')).toEqual(bodies(1, 30))
  })

  test('opens the order that is tapped', async () => {
    stored = orders(1, 2)
    const page = await open()
    await page.tap('.order', 1)
    expect(wx.navigateTo.mock.calls).toEqual([
      [{ url: `/pages/pay-result/index?id=${nthOrder(1).out_trade_no}` }],
    ])
  })

  test('tells a screen reader goods, amount and status of a row', async () => {
    stored = [order()]
    expect(attribute((await open()).find('.order'), 'ariaLabel')).toBe('鸡蛋干，¥0.01，未支付')
  })
})
