import { openPage } from '../support/page'
import { bodies, nthOrder, orders } from '../support/samples'
import { setDataKeys } from '../support/set-data'
import { fakeWx, never } from '../support/wx'

const open = () => openPage('pages/pay-order/index')

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

describe('the order list on refresh', () => {
  test('stays on screen while it is read', async () => {
    wx.stored.orders = orders(1, 2)
    const page = await open()
    wx.find.mockReturnValue(never())
    await page.show()
    expect(page.texts('.rows >>> .body')).toEqual(bodies(1, 2))
    expect(page.names('status')).toEqual([])
  })

  test('shows a new order on top and keeps the pages below', async () => {
    wx.stored.orders = orders(1, 45)
    const page = await open()
    await page.reachBottom()
    wx.stored.orders.push(nthOrder(46))
    await page.show()
    expect(page.texts('.rows >>> .body')).toEqual(bodies(6, 46))
  })

  test('updates an order that was opened far down', async () => {
    wx.stored.orders = orders(1, 45)
    const page = await open()
    await page.reachBottom()
    await page.tap('.rows >>> .order', 35)
    wx.stored.orders[9] = { ...nthOrder(10), status: 2, rev: 2 }
    await page.show()
    expect(page.texts('.rows >>> .order')[35]).toContain('第10单')
    expect(page.texts('.rows >>> .order')[35]).toContain('已关闭')
    expect(page.texts('.rows >>> .body')).toEqual(bodies(1, 45))
  })

  test('no longer has an order that was deleted far down', async () => {
    wx.stored.orders = orders(1, 45)
    const page = await open()
    await page.reachBottom()
    await page.tap('.rows >>> .order', 35)
    wx.stored.orders = wx.stored.orders.filter((one) => one.body !== '第10单')
    await page.show()
    expect(page.texts('.rows >>> .body')).toEqual(bodies(1, 45).filter((body) => body !== '第10单'))
  })

  test('starts from the first page when there is more than a page of new orders', async () => {
    wx.stored.orders = orders(1, 25)
    const page = await open()
    await page.reachBottom()
    wx.stored.orders.push(...orders(26, 50))
    await page.show()
    expect(page.texts('.rows >>> .body')).toEqual(bodies(31, 50))
    await page.reachBottom()
    expect(page.texts('.rows >>> .body')).toEqual(bodies(11, 50))
  })

  test('is read again on pulling down, which then ends', async () => {
    const page = await open()
    wx.stored.orders = orders(1, 1)
    await page.pullDown()
    expect(page.texts('.rows >>> .body')).toEqual(['第1单'])
    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(1)
  })

  test('renders nothing when nothing has changed', async () => {
    wx.stored.orders = orders(1, 45)
    const page = await open()
    await page.reachBottom()
    const sets = setDataKeys(page)
    await page.show()
    expect(sets).toEqual([])
  })

  test('renders only the page in which an order has changed', async () => {
    wx.stored.orders = orders(1, 65)
    const page = await open()
    await page.reachBottom()
    await page.reachBottom()
    await page.tap('.rows >>> .order', 25)
    wx.stored.orders[39] = { ...nthOrder(40), status: 2, rev: 2 }
    const sets = setDataKeys(page)
    await page.show()
    expect(sets).toEqual([['pages[1]']])
  })

  test('reads only the newest orders when no order was opened', async () => {
    wx.stored.orders = orders(1, 45)
    const page = await open()
    await page.reachBottom()
    wx.find.mockClear()
    await page.show()
    expect(wx.find).toHaveBeenCalledTimes(1)
  })
})
