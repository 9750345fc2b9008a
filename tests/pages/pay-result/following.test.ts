import { openPage, pass, settle } from '../support/page'
import { order, paid, refunding, T0 } from '../support/samples'
import { fakeWx, later, noNetwork, ok } from '../support/wx'

const id = 'a'.repeat(32)
const open = () => openPage('pages/pay-result/index', { id })

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

const looks = () => wx.pay.mock.calls.length

/** The pauses (s) between the looks of the next two minutes, counted second by second. */
async function pauses(): Promise<number[]> {
  const found: number[] = []
  let waited = 0
  for (let second = 0; second < 120; second++) {
    const before = looks()
    await pass(1)
    waited++
    if (looks() === before) continue
    found.push(waited)
    waited = 0
  }
  return found
}

describe('an order on which WeChat has the last word', () => {
  test.each([
    ['a refund', refunding()],
    ['a closing', order({ close_requested_at: T0 })],
  ])('(%s) is looked at again after 2, 4, 8, 16 and 30 s', async (_what, one) => {
    wx.pay.mockResolvedValue(ok(one))
    await open()
    expect(await pauses()).toEqual([2, 4, 8, 16, 30])
  })

  test('is looked at again even when a look fails, which is not shown', async () => {
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockRejectedValue(noNetwork)
    const page = await open()
    expect(await pauses()).toEqual([2, 4, 8, 16, 30])
    expect(page.has('.failure')).toBe(false)
  })

  test('is asked about its refund by number', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    await open()
    await pass(2)
    expect(wx.pay.mock.calls[1]).toEqual([
      'queryrefund',
      { out_trade_no: id, out_refund_no: `${id}-1` },
    ])
  })

  test('shows by itself that the refund has arrived, and is left alone', async () => {
    const refunded = { ...refunding({ state: 'SUCCESS' }), status: 4, rev: 4 }
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockResolvedValue(ok(refunded))
    const page = await open()
    await pass(2)
    expect(page.texts('.status')).toEqual(['已退款'])
    expect(await pauses()).toEqual([])
  })

  test('is followed from the moment the refund was asked for', async () => {
    wx.pay.mockResolvedValueOnce(ok(paid())).mockResolvedValue(ok(refunding()))
    const page = await open()
    await page.tap('.refund')
    expect(await pauses()).toEqual([2, 4, 8, 16, 30])
  })

  test('is not looked at while the page is hidden', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await open()
    await pass(2)
    await page.hide()
    expect(await pauses()).toEqual([])
  })

  test('is not followed when the page was hidden before the answer came', async () => {
    const slow = later<unknown>()
    wx.pay.mockReturnValue(slow.promise)
    const page = await open()
    await page.hide()
    slow.keep(ok(refunding()))
    await settle()
    expect(await pauses()).toEqual([])
  })

  test('is not followed when the page was hidden during a look', async () => {
    const slow = later<unknown>()
    wx.pay.mockResolvedValueOnce(ok(refunding())).mockReturnValue(slow.promise)
    const page = await open()
    await pass(2)
    await page.hide()
    slow.keep(ok(refunding()))
    expect(await pauses()).toEqual([])
  })

  test('is looked at on show, and followed from the start', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await open()
    await pass(10)
    await page.hide()
    const before = looks()
    await page.show()
    expect(looks()).toBe(before + 1)
    expect(await pauses()).toEqual([2, 4, 8, 16, 30])
  })

  test('is followed anew after pulling down', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await open()
    await pass(3)
    await page.pullDown()
    expect(await pauses()).toEqual([2, 4, 8, 16, 30])
  })

  test('is left alone once the page is gone', async () => {
    wx.pay.mockResolvedValue(ok(refunding()))
    const page = await open()
    page.unload()
    expect(await pauses()).toEqual([])
  })
})

test.each([
  ['unpaid', order()],
  ['paid', paid()],
  ['closed', order({ status: 2 })],
])('an order that is %s is not looked at again', async (_what, one) => {
  wx.pay.mockResolvedValue(ok(one))
  await open()
  expect(await pauses()).toEqual([])
})
