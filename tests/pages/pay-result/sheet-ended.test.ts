import { NO_NETWORK } from '../support/network'
import { buttonsOf, openOrder } from '../support/order-page'
import { pass, settle, type OpenPage } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, deferred, ok, refusal } from '../support/wx'

const CANCELLED = { errMsg: 'requestPayment:fail cancel' }
const FAILED = { errMsg: 'requestPayment:fail jsapi has no permission' }

let wx: ReturnType<typeof fakeWx>
let page: OpenPage

beforeEach(async () => {
  wx = fakeWx()
  wx.pay.mockResolvedValueOnce(ok(order()))
  page = await openOrder()
  wx.pay.mockClear()
})

/** Returns the actions that were called after the page had opened. */
const actions = () => wx.pay.mock.calls.map(([type]) => type)

describe('a cancelled payment', () => {
  beforeEach(() => wx.requestPayment.mockRejectedValueOnce(CANCELLED))

  test('queries the order, and lets an unpaid order be paid, without an error', async () => {
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.tap('.pay')
    expect(actions()).toEqual(['orderquery'])
    expect(page.texts('.status')).toEqual(['等待支付'])
    expect(page.has('.failure')).toBe(false)
  })

  test('can be continued in the time that is left', async () => {
    await pass(10)
    wx.pay.mockResolvedValue(ok(order()))
    await page.tap('.pay')
    expect(page.texts('.pay')).toEqual(['继续支付'])
    expect(page.texts('.countdown')).toEqual(['29:50'])
    await page.tap('.pay')
    expect(wx.requestPayment).toHaveBeenCalledTimes(2)
  })

  test('that was made after all is shown as paid', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(page.texts('.status')).toEqual(['已支付'])
  })
})

describe('a failed payment', () => {
  beforeEach(() => wx.requestPayment.mockRejectedValueOnce(FAILED))

  test('queries the order, says why it failed, and can be retried', async () => {
    wx.pay.mockResolvedValueOnce(ok(order()))
    await page.tap('.pay')
    expect(actions()).toEqual(['orderquery'])
    expect(page.texts('.failure')).toEqual(['支付没有完成，请重试 jsapi has no permission'])
    expect(page.has('.pay')).toBe(true)
  })

  test('that was made after all is shown as paid, without an error', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid()))
    await page.tap('.pay')
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(page.has('.failure')).toBe(false)
  })

  test('with an unknown outcome is being confirmed until a query succeeds', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK).mockResolvedValueOnce(ok(order()))
    await page.tap('.pay')
    expect(page.texts('.hint')).toEqual(['正在确认支付结果，请勿重复支付'])
    expect(buttonsOf(page)).toEqual([])
    await pass(2)
    expect(buttonsOf(page)).toEqual(['pay', 'cancel'])
  })
})

describe('a payment whose outcome is unknown', () => {
  beforeEach(async () => {
    wx.pay.mockResolvedValueOnce(refusal('UNKNOWN', '结果未知'))
    await page.tap('.pay')
  })

  test('is being confirmed, and can be neither paid again nor cancelled', () => {
    expect(page.texts('.status.moving')).toEqual(['正在确认'])
    expect(page.texts('.hint')).toEqual(['正在确认支付结果，请勿重复支付'])
    expect(buttonsOf(page)).toEqual([])
  })

  test('shows no countdown', async () => {
    expect(page.has('.countdown')).toBe(false)
  })

  test('is polled until its outcome is known', async () => {
    wx.pay.mockResolvedValueOnce(ok(order())).mockResolvedValueOnce(ok(paid()))
    await pass(2)
    expect(buttonsOf(page)).toEqual([])
    await pass(4)
    expect(actions()).toEqual(['payorder', 'orderquery', 'orderquery'])
    expect(page.texts('.status')).toEqual(['已支付'])
    await pass(60)
    expect(actions()).toHaveLength(3)
  })
})

test('a payment made while the order expired below the sheet is shown as paid', async () => {
  const { expires_at } = order()
  wx.pay.mockResolvedValueOnce(ok(order(), expires_at - 2000))
  await page.show()
  const sheet = deferred<{ errMsg: string }>()
  wx.requestPayment.mockReturnValueOnce(sheet.promise)
  await page.tap('.pay')
  wx.pay.mockResolvedValueOnce(ok(order(), expires_at)).mockResolvedValueOnce(ok(paid()))
  await pass(2)
  expect(page.texts('.status')).toEqual(['支付已超时'])
  sheet.resolve({ errMsg: 'requestPayment:ok' })
  await settle()
  expect(page.texts('.status')).toEqual(['已支付'])
})
