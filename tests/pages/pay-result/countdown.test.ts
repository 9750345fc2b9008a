import { NO_NETWORK } from '../support/network'
import { buttonsOf, openOrder } from '../support/order-page'
import { pass } from '../support/page'
import { order, T0 } from '../support/samples'
import { setDataKeys } from '../support/set-data'
import { fakeWx, ok } from '../support/wx'

const SECOND = 1000
const HOUR = 60 * 60 * SECOND
const { expires_at } = order()

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

/** Opens the order's page at a time of the server (ms). */
const openAt = (now: number) => {
  wx.pay.mockResolvedValueOnce(ok(order(), now))
  return openOrder()
}

describe('the time left to pay', () => {
  test('is counted down by the second', async () => {
    const page = await openAt(T0)
    expect(page.names('timer')).toEqual(['请在 30:00 内支付'])
    await pass(1)
    expect(page.texts('.countdown')).toEqual(['29:59'])
    await pass(59)
    expect(page.texts('.countdown')).toEqual(['29:00'])
  })

  test.each([
    ['hours ahead', 5 * HOUR],
    ['hours behind', -5 * HOUR],
  ])('is measured by the server’s clock when the phone’s is %s', async (_how, wrong) => {
    jest.setSystemTime(T0 + wrong)
    const page = await openAt(T0 + 60 * SECOND)
    expect(page.texts('.countdown')).toEqual(['29:00'])
    await pass(1)
    expect(page.texts('.countdown')).toEqual(['28:59'])
  })

  test('changes when the server’s second changes', async () => {
    const page = await openAt(T0 + 300)
    await pass(0.6)
    expect(page.texts('.countdown')).toEqual(['30:00'])
    await pass(0.1)
    expect(page.texts('.countdown')).toEqual(['29:59'])
  })

  test('may be hours', async () => {
    wx.pay.mockResolvedValueOnce(ok(order({ expires_at: T0 + 2 * HOUR })))
    expect((await openOrder()).texts('.countdown')).toEqual(['2:00:00'])
  })

  test('is the only data that setData receives, once a second', async () => {
    const sets = setDataKeys(await openAt(T0))
    await pass(3)
    expect(sets).toEqual([['countdown'], ['countdown'], ['countdown']])
  })

  test('is not updated while the page is hidden', async () => {
    const page = await openAt(T0)
    const sets = setDataKeys(page)
    await page.hide()
    await pass(60)
    expect(sets).toEqual([])
  })

  test('is correct again on show', async () => {
    const page = await openAt(T0)
    await page.hide()
    await pass(60)
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.show()
    expect(page.texts('.countdown')).toEqual(['29:00'])
  })

  test('is not updated after the page was closed', async () => {
    const page = await openAt(T0)
    const sets = setDataKeys(page)
    page.unload()
    await pass(2)
    expect(sets).toEqual([])
  })

  test('is neither shown nor updated for an order that is being cancelled', async () => {
    wx.pay.mockResolvedValueOnce(ok(order({ close_requested_at: T0 })))
    const page = await openOrder()
    const sets = setDataKeys(page)
    await pass(1)
    expect(page.has('.countdown')).toBe(false)
    expect(sets).toEqual([])
  })
})

describe('when the time to pay is over', () => {
  const openAtTheEnd = () => openAt(expires_at - 2 * SECOND)

  test('the order is queried again', async () => {
    await openAtTheEnd()
    await pass(1.9)
    expect(wx.pay).toHaveBeenCalledTimes(1)
    await pass(0.1)
    expect(wx.pay).toHaveBeenCalledTimes(2)
  })

  test('the page says so, and offers nothing', async () => {
    const page = await openAtTheEnd()
    wx.pay.mockResolvedValueOnce(ok(order(), expires_at))
    await pass(2)
    expect(page.texts('.status.ended')).toEqual(['支付已超时'])
    expect(page.texts('.hint')).toEqual(['正在关闭订单'])
    expect(buttonsOf(page)).toEqual([])
  })

  test('nothing is offered even when the query fails', async () => {
    const page = await openAtTheEnd()
    wx.pay.mockRejectedValueOnce(NO_NETWORK)
    await pass(2)
    expect(buttonsOf(page)).toEqual([])
    expect(page.names('alert')).toEqual(['网络不太顺畅，请稍后重试 -1'])
  })

  test('the countdown continues when the order has not expired by the server’s clock', async () => {
    const page = await openAtTheEnd()
    wx.pay.mockResolvedValueOnce(ok(order(), expires_at - SECOND))
    await pass(2)
    expect(page.texts('.countdown')).toEqual(['00:01'])
    expect(buttonsOf(page)).toEqual(['pay', 'cancel'])
  })

  test('the order is polled until it is closed', async () => {
    const page = await openAtTheEnd()
    wx.pay.mockResolvedValueOnce(ok(order(), expires_at))
    await pass(2)
    wx.pay.mockResolvedValueOnce(ok(order({ status: 2, rev: 2 }), expires_at))
    await pass(2)
    expect(page.texts('.status')).toEqual(['已关闭'])
    expect(buttonsOf(page)).toEqual(['delete'])
  })
})

test('an order that expired before it was opened says so', async () => {
  wx.pay.mockResolvedValue(ok(order(), expires_at))
  const page = await openOrder()
  expect(page.texts('.status')).toEqual(['支付已超时'])
  expect(buttonsOf(page)).toEqual([])
})
