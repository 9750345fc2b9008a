import { LISTS } from '../support/lists'
import { NO_NETWORK } from '../support/network'
import { openPage, settle } from '../support/page'
import { fakeWx } from '../support/wx'

describe.each(LISTS)('the list of $list, without a network,', ({ route, row, store, rows }) => {
  let wx: ReturnType<typeof fakeWx>
  beforeEach(() => {
    wx = fakeWx()
    store(wx, 45)
  })

  test('says that there is no network', async () => {
    wx.network.disconnect()
    const page = await openPage(route)
    expect(page.names('alert')).toEqual(['没有网络 请检查网络设置，连上后会自动加载 重试'])
    expect(page.has('.state .icon-offline')).toBe(true)
  })

  test('loads automatically when the network is back', async () => {
    wx.network.disconnect()
    const page = await openPage(route)
    wx.network.connect()
    await settle()
    expect(page.texts(row)).toEqual(rows(45, 20))
  })

  test('continues automatically when it was loading more', async () => {
    const page = await openPage(route)
    wx.network.disconnect()
    await page.reachBottom()
    expect(page.texts('.failure')).toEqual(['没有网络，请检查网络设置'])
    wx.network.connect()
    await settle()
    expect(page.texts(row)).toEqual(rows(45, 40))
  })

  test('does not retry while there is no network', async () => {
    wx.network.disconnect()
    const page = await openPage(route)
    const getNetworkType = jest.spyOn((globalThis as any).wx, 'getNetworkType')
    wx.network.disconnect()
    await settle()
    expect(getNetworkType).not.toHaveBeenCalled()
    expect(page.names('alert')).toHaveLength(1)
  })

  test('is not read again when it had failed for another reason', async () => {
    wx.find.mockRejectedValueOnce(NO_NETWORK)
    await openPage(route)
    wx.network.connect()
    await settle()
    expect(wx.find).toHaveBeenCalledTimes(1)
  })

  test('is not read again when it had not failed', async () => {
    await openPage(route)
    wx.network.disconnect()
    wx.network.connect()
    await settle()
    expect(wx.find).toHaveBeenCalledTimes(1)
  })

  test('stops listening when the page is closed', async () => {
    const page = await openPage(route)
    expect(wx.network.listeners.size).toBe(1)
    page.unload()
    expect(wx.network.listeners.size).toBe(0)
  })
})
