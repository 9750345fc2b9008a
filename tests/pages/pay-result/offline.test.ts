import { NO_NETWORK } from '../support/network'
import { openOrder } from '../support/order-page'
import { settle } from '../support/page'
import { order, paid } from '../support/samples'
import { fakeWx, ok } from '../support/wx'

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
  wx.pay.mockResolvedValue(ok(order()))
})

describe('an order, without a network,', () => {
  test('says that there is no network', async () => {
    wx.network.disconnect()
    const page = await openOrder()
    expect(page.names('alert')).toEqual(['没有网络 请检查网络设置，连上后会自动加载 重试'])
    expect(page.has('.state .icon-offline')).toBe(true)
  })

  test('loads automatically when the network is back', async () => {
    wx.network.disconnect()
    const page = await openOrder()
    wx.network.connect()
    await settle()
    expect(page.texts('.status')).toEqual(['等待支付'])
  })

  test('stays on screen when it is queried again, and is queried when the network is back', async () => {
    const page = await openOrder()
    wx.network.disconnect()
    await page.pullDown()
    expect(page.texts('.status')).toEqual(['等待支付'])
    expect(page.names('alert')).toEqual(['没有网络，请检查网络设置'])
    wx.pay.mockResolvedValue(ok(paid()))
    wx.network.connect()
    await settle()
    expect(page.texts('.status')).toEqual(['已支付'])
    expect(page.names('alert')).toEqual([])
  })

  test('is not cancelled automatically when the network is back', async () => {
    const page = await openOrder()
    wx.network.disconnect()
    await page.tap('.cancel')
    wx.network.connect()
    await settle()
    expect(wx.pay.mock.calls.map(([type]) => type)).toEqual(['orderquery', 'orderquery'])
  })

  test('is not queried again when it had failed for another reason', async () => {
    wx.pay.mockRejectedValueOnce(NO_NETWORK)
    await openOrder()
    wx.network.connect()
    await settle()
    expect(wx.pay).toHaveBeenCalledTimes(1)
  })

  test('stops listening when the page is closed', async () => {
    const page = await openOrder()
    expect(wx.network.listeners.size).toBe(1)
    page.unload()
    expect(wx.network.listeners.size).toBe(0)
  })
})
