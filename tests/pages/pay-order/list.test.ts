import type { Order } from '../../../typings/contract'
import { attribute } from '../support/node'
import { openPage } from '../support/page'
import { nthOrder, order, orders, partlyRefunded, refunding, T0 } from '../support/samples'
import { fakeWx } from '../support/wx'

const open = () => openPage('pages/pay-order/index')

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** Returns the queries that the database received. */
const queries = () => wx.find.mock.calls.map(([query]) => query)

describe('the order list', () => {
  test('reads the shopper’s own orders that are not hidden, newest first, 20 at a time', async () => {
    await open()
    expect(queries()).toEqual([
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
    ])
  })

  test('reads the orders before the oldest one shown', async () => {
    wx.stored.orders = orders(1, 45)
    const page = await open()
    await page.reachBottom()
    expect(queries()[1]?.where['created_at'].lt).toBe(nthOrder(26).created_at)
  })

  test('shows goods, time in Beijing, amount and status of an order', async () => {
    wx.stored.orders = [order({ total_fee: 250 as Order['total_fee'] })]
    const page = await open()
    expect(page.texts('.rows >>> .order')).toEqual(['鸡蛋干 2026-01-02 03:04 ¥2.50 等待支付'])
  })

  test('gives a screen reader goods, amount and status of a row as one label', async () => {
    wx.stored.orders = [order()]
    expect((await open()).names('button')).toEqual(['鸡蛋干 2026-01-02 03:04 ¥0.01 等待支付'])
  })

  test('reads only the fields of an order that its row shows', async () => {
    wx.stored.orders = [{ ...partlyRefunded(), ...refunding(), closed_at: T0 }]
    const { page } = await open()
    expect(page['data'].pages[0].rows).toEqual([
      {
        out_trade_no: 'a'.repeat(32),
        body: '鸡蛋干',
        total_fee: 1,
        status: 3,
        prepay_id: 'wx123',
        closed_at: T0,
        created_at: T0,
        rev: 3,
        refund: { state: 'PROCESSING', refund_fee: 1 },
        merchant_refunds: { refunded: 30, in_flight: 0 },
      },
    ])
  })

  test('opens the order that is tapped', async () => {
    wx.stored.orders = orders(1, 2)
    const page = await open()
    await page.tap('.rows >>> .order', 1)
    expect(wx.navigateTo.mock.calls).toEqual([
      [{ url: `/pages/pay-result/index?id=${nthOrder(1).out_trade_no}` }],
    ])
  })

  test('without an order links to the goods, which then replace all pages', async () => {
    const page = await open()
    expect(page.texts('.state')).toEqual(['还没有订单 下单以后，在这里查看和支付 去选商品'])
    expect(attribute(page.find('.to-goods'), 'url')).toBe('/pages/pay-list/index')
    expect(attribute(page.find('.to-goods'), 'openType')).toBe('reLaunch')
  })

  test('of 1,000 orders passes setData one page when it grows at its end', async () => {
    wx.stored.orders = orders(1, 1000)
    const page = await open()
    const setData = jest.spyOn(page.page, 'setData').mockImplementation()
    for (let n = 0; n < 49; n++) await page.reachBottom()
    const [changes] = setData.mock.lastCall as [Record<string, { rows: Order[] }>]
    expect(Object.keys(changes).filter((key) => key.startsWith('pages'))).toEqual(['pages[49]'])
    expect(changes['pages[49]']?.rows.at(-1)?.body).toBe('第1单')
  })
})
