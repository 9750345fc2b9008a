import { lists } from '../support/lists'
import { noNetwork } from '../support/network'
import { openPage, settle } from '../support/page'
import { fakeWx, later, never } from '../support/wx'

describe.each(lists)('the list of $list', ({ route, nothing, row, store, rows }) => {
  const open = () => openPage(route)

  let wx: ReturnType<typeof fakeWx>
  beforeEach(() => {
    wx = fakeWx()
  })

  describe('that could not be loaded', () => {
    beforeEach(() => {
      store(wx, 2)
      wx.find.mockRejectedValueOnce(noNetwork)
    })

    test('says why, with CloudBase’s code beneath', async () => {
      const page = await open()
      expect(page.names('alert')).toEqual(['没有加载出来 网络不太顺畅，请稍后重试 -1 重试'])
      expect(page.texts('.code')).toEqual(['-1'])
      expect(page.has('.state .icon-alert')).toBe(true)
    })

    test('loads when 重试 is tapped', async () => {
      const page = await open()
      await page.tap('.retry')
      expect(page.texts(row)).toEqual(rows(2))
      expect(page.names('alert')).toEqual([])
    })

    test('is a skeleton again while it is tried again', async () => {
      const page = await open()
      wx.find.mockReturnValue(never())
      await page.tap('.retry')
      expect(page.has('.skeleton')).toBe(true)
    })
  })

  test('that failed for a reason without a code says no code', async () => {
    wx.find.mockRejectedValueOnce(new Error('anything'))
    expect((await open()).has('.code')).toBe(false)
  })

  describe('that could not be read again', () => {
    test('keeps what it has, says why above, and reads it on 重试', async () => {
      store(wx, 2)
      const page = await open()
      wx.find.mockRejectedValueOnce(noNetwork)
      await page.pullDown()
      expect(page.texts(row)).toEqual(rows(2))
      expect(page.texts('.failure')).toEqual(['网络不太顺畅，请稍后重试 -1'])
      await page.tap('.retry')
      expect(page.has('.failure')).toBe(false)
    })

    test('says so when it was empty, too', async () => {
      const page = await open()
      wx.find.mockRejectedValueOnce(noNetwork)
      await page.pullDown()
      expect(page.texts('.state-title')).toEqual(['没有加载出来'])
      await page.tap('.retry')
      expect(page.texts('.state-title')).toEqual([nothing])
    })
  })

  test('is not overwritten by an older reply that came late', async () => {
    const page = await open()
    const slow = later<unknown[]>()
    wx.find.mockReturnValueOnce(slow.promise)
    await page.pullDown()
    store(wx, 2)
    await page.pullDown()
    slow.keep([])
    await settle()
    expect(page.texts(row)).toEqual(rows(2))
  })

  test('shows no older failure that came late', async () => {
    const page = await open()
    const slow = later<unknown[]>()
    wx.find.mockReturnValueOnce(slow.promise)
    await page.pullDown()
    await page.pullDown()
    slow.fail(noNetwork)
    await settle()
    expect(page.names('alert')).toEqual([])
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

  test('ends the pulling down, with or without an answer', async () => {
    const page = await open()
    await page.pullDown()
    wx.find.mockRejectedValueOnce(noNetwork)
    await page.pullDown()
    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(2)
  })
})
