import { lists } from '../support/lists'
import { noNetwork } from '../support/network'
import { openPage, settle } from '../support/page'
import { fakeWx } from '../support/wx'

describe.each(lists)('the list of $list, without a network,', ({ route, row, store, rows }) => {
  let wx: ReturnType<typeof fakeWx>
  beforeEach(() => {
    wx = fakeWx()
    store(wx, 45)
  })

  test('says that there is none', async () => {
    wx.network.disconnect()
    const page = await openPage(route)
    expect(page.names('alert')).toEqual(['没有网络 请检查网络设置，连上后会自动加载 重试'])
    expect(page.has('.state .icon-offline')).toBe(true)
  })

  test('loads by itself once there is one', async () => {
    wx.network.disconnect()
    const page = await openPage(route)
    wx.network.connect()
    await settle()
    expect(page.texts(row)).toEqual(rows(45, 20))
  })

  test('goes on by itself when it was loading more', async () => {
    const page = await openPage(route)
    wx.network.disconnect()
    await page.reachBottom()
    expect(page.texts('.failure')).toEqual(['没有网络，请检查网络设置'])
    wx.network.connect()
    await settle()
    expect(page.texts(row)).toEqual(rows(45, 40))
  })

  test('does not try while there is still none', async () => {
    wx.network.disconnect()
    const page = await openPage(route)
    const getNetworkType = jest.spyOn((globalThis as any).wx, 'getNetworkType')
    wx.network.disconnect()
    await settle()
    expect(getNetworkType).not.toHaveBeenCalled()
    expect(page.names('alert')).toHaveLength(1)
  })

  test('is left alone when it had failed for another reason', async () => {
    wx.find.mockRejectedValueOnce(noNetwork)
    await openPage(route)
    wx.network.connect()
    await settle()
    expect(wx.find).toHaveBeenCalledTimes(1)
  })

  test('is left alone when it had not failed', async () => {
    await openPage(route)
    wx.network.disconnect()
    wx.network.connect()
    await settle()
    expect(wx.find).toHaveBeenCalledTimes(1)
  })

  test('no longer listens once it is gone', async () => {
    const page = await openPage(route)
    expect(wx.network.listeners.size).toBe(1)
    page.unload()
    expect(wx.network.listeners.size).toBe(0)
  })
})
