import { openPage, settle } from './support/page'
import { bodies, nthOrder, orders, ordersFor } from './support/samples'
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

describe('the order list, read again', () => {
  test('stays on screen meanwhile', async () => {
    stored = orders(1, 2)
    const page = await open()
    wx.find.mockReturnValue(later<unknown[]>().promise)
    await page.show()
    expect(page.texts('.body')).toEqual(bodies(1, 2))
    expect(page.text()).not.toContain('正在加载')
  })

  test('shows a new order on top and keeps the pages below', async () => {
    stored = orders(1, 45)
    const page = await open()
    await page.page['onReachBottom']()
    stored.push(nthOrder(46))
    await page.show()
    expect(page.texts('.body')).toEqual(bodies(6, 46))
  })

  test('shows what became of an order that was opened far down', async () => {
    stored = orders(1, 45)
    const page = await open()
    await page.page['onReachBottom']()
    await settle()
    await page.tap('.order', 35)
    stored = stored.map((one) => (one.body === '第10单' ? { ...one, status: 2 as const } : one))
    await page.show()
    expect(page.texts('.order')[35]).toContain('第10单')
    expect(page.texts('.order')[35]).toContain('已关闭')
    expect(page.texts('.body')).toEqual(bodies(1, 45))
  })

  test('no longer has an order that was deleted far down', async () => {
    stored = orders(1, 45)
    const page = await open()
    await page.page['onReachBottom']()
    await settle()
    await page.tap('.order', 35)
    stored = stored.filter((one) => one.body !== '第10单')
    await page.show()
    expect(page.texts('.body')).toEqual(bodies(1, 45).filter((body) => body !== '第10单'))
  })

  test('starts over when more than a page of new orders lies above', async () => {
    stored = orders(1, 25)
    const page = await open()
    await page.page['onReachBottom']()
    stored.push(...orders(26, 50))
    await page.show()
    expect(page.texts('.body')).toEqual(bodies(31, 50))
    await page.page['onReachBottom']()
    await settle()
    expect(page.texts('.body')).toEqual(bodies(11, 50))
  })

  test('is read again on pulling down, which then ends', async () => {
    const page = await open()
    stored = orders(1, 1)
    await page.pullDown()
    expect(page.texts('.body')).toEqual(['第1单'])
    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(1)
  })

  test('says so when that fails, keeps the orders, and tries again on 重试', async () => {
    stored = orders(1, 2)
    const page = await open()
    wx.find.mockRejectedValueOnce(noNetwork)
    await page.pullDown()
    expect(page.texts('.body')).toEqual(bodies(1, 2))
    expect(page.texts('.failure')).toEqual(['网络不太顺畅，请稍后重试 -1'])
    await page.tap('.retry')
    expect(page.has('.failure')).toBe(false)
  })

  test('is not overwritten by an older reply that came late', async () => {
    stored = orders(1, 1)
    const page = await open()
    const slow = later<unknown[]>()
    wx.find.mockReturnValueOnce(slow.promise)
    await page.show()
    stored = orders(1, 2)
    await page.show()
    slow.keep(orders(1, 1))
    await settle()
    expect(page.texts('.body')).toEqual(bodies(1, 2))
  })

  test.each(['keep', 'fail'] as const)('changes nothing once it is gone (%s)', async (how) => {
    const slow = later<unknown[]>()
    wx.find.mockReturnValue(slow.promise)
    const page = await open()
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    slow[how]([])
    await settle()
    expect(setData).not.toHaveBeenCalled()
  })
})
