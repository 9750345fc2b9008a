import { attribute, press } from '../support/node'
import { openPage, pass, settle } from '../support/page'
import { goods, order } from '../support/samples'
import { setDataKeys } from '../support/set-data'
import { fakeWx, deferred, never, ok, refusal } from '../support/wx'

const open = () => openPage('pages/pay-list/index')

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
  wx.stored.goods = [goods(1), goods(2)]
  wx.pay.mockResolvedValue(ok(order()))
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

  test('makes one call for two taps at once', async () => {
    const page = await open()
    const button = page.find('.order')
    press(button)
    press(button)
    await settle()
    expect(wx.pay).toHaveBeenCalledTimes(1)
  })

  test('shows its button as working and disables all others until the reply arrives', async () => {
    const reply = deferred<unknown>()
    wx.pay.mockReturnValue(reply.promise)
    const page = await open()
    await page.tap('.order')
    expect(page.texts('.order')).toEqual(['正在下单', '下单'])
    expect(attribute(page.find('.order'), 'ariaLabel')).toBe('商品1，0.01 元，正在下单')
    expect(attribute(page.find('.order'), 'loading')).toBe(true)
    expect(attribute(page.find('.order'), 'disabled')).toBe(true)
    reply.resolve(ok(order()))
    await settle()
    expect(attribute(page.find('.order'), 'disabled')).toBe(false)
  })

  test('calls setData once when it begins and once when it ends', async () => {
    const page = await open()
    const sets = setDataKeys(page)
    await page.tap('.order')
    expect(sets).toEqual([['ordering'], ['ordering']])
  })

  test('says after 3 s at the product that the network is slow, not before', async () => {
    wx.pay.mockReturnValue(never())
    const page = await open()
    await page.tap('.order', 1)
    await pass(2.9)
    expect(page.names('status')).toEqual([])
    await pass(0.1)
    expect(page.texts('.goods')[1]).toContain('网络有点慢，请稍候')
    expect(page.texts('.goods')[0]).not.toContain('网络有点慢')
  })

  test('hides that it is slow after the reply, also at the start of the next order', async () => {
    const reply = deferred<unknown>()
    wx.pay.mockReturnValueOnce(reply.promise).mockReturnValue(never())
    const page = await open()
    await page.tap('.order')
    await pass(4)
    reply.resolve(ok(order()))
    await settle()
    expect(page.names('status')).toEqual([])
    await page.tap('.order')
    expect(page.names('status')).toEqual([])
  })

  test('changes nothing when the reply arrives after the page was closed', async () => {
    const reply = deferred<unknown>()
    wx.pay.mockReturnValue(reply.promise)
    const page = await open()
    await page.tap('.order')
    const setData = jest.spyOn(page.page, 'setData')
    page.unload()
    reply.resolve(refusal('UNKNOWN', '结果未知'))
    await settle()
    expect(setData).not.toHaveBeenCalled()
  })
})
