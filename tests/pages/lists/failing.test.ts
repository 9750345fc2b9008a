import { LISTS } from '../support/lists'
import { NO_NETWORK } from '../support/network'
import { openPage, settle } from '../support/page'
import { fakeWx, deferred, never } from '../support/wx'

describe.each(LISTS)('the list of $list', ({ route, nothing, row, store, rows }) => {
  const open = () => openPage(route)

  let wx: ReturnType<typeof fakeWx>
  beforeEach(() => {
    wx = fakeWx()
  })

  describe('that could not be loaded', () => {
    beforeEach(() => {
      store(wx, 2)
      wx.find.mockRejectedValueOnce(NO_NETWORK)
    })

    test('says why, with CloudBase’s code below', async () => {
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

    test('is a skeleton again while it is retried', async () => {
      const page = await open()
      wx.find.mockReturnValue(never())
      await page.tap('.retry')
      expect(page.has('.skeleton')).toBe(true)
    })
  })

  test('that failed for a reason without a code shows no code', async () => {
    wx.find.mockRejectedValueOnce(new Error('anything'))
    expect((await open()).has('.code')).toBe(false)
  })

  describe('that could not be refreshed', () => {
    test('keeps its rows, says why above them, and is read on 重试', async () => {
      store(wx, 2)
      const page = await open()
      wx.find.mockRejectedValueOnce(NO_NETWORK)
      await page.pullDown()
      expect(page.texts(row)).toEqual(rows(2))
      expect(page.texts('.failure')).toEqual(['网络不太顺畅，请稍后重试 -1'])
      await page.tap('.retry')
      expect(page.has('.failure')).toBe(false)
    })

    test('says so when it was empty', async () => {
      const page = await open()
      wx.find.mockRejectedValueOnce(NO_NETWORK)
      await page.pullDown()
      expect(page.texts('.state-title')).toEqual(['没有加载出来'])
      await page.tap('.retry')
      expect(page.texts('.state-title')).toEqual([nothing])
    })
  })

  test('is not overwritten by a late reply to an older request', async () => {
    const page = await open()
    const slow = deferred<unknown[]>()
    wx.find.mockReturnValueOnce(slow.promise)
    await page.pullDown()
    store(wx, 2)
    await page.pullDown()
    slow.resolve([])
    await settle()
    expect(page.texts(row)).toEqual(rows(2))
  })

  test('shows no late failure of an older request', async () => {
    const page = await open()
    const slow = deferred<unknown[]>()
    wx.find.mockReturnValueOnce(slow.promise)
    await page.pullDown()
    await page.pullDown()
    slow.reject(NO_NETWORK)
    await settle()
    expect(page.names('alert')).toEqual([])
  })

  test.each(['resolve', 'reject'] as const)(
    'changes nothing after the page was closed (%s)',
    async (how) => {
      const slow = deferred<unknown[]>()
      wx.find.mockReturnValue(slow.promise)
      const page = await open()
      const setData = jest.spyOn(page.page, 'setData')
      page.unload()
      slow[how]([])
      await settle()
      expect(setData).not.toHaveBeenCalled()
    },
  )

  test('ends pulling down, whether it succeeds or fails', async () => {
    const page = await open()
    await page.pullDown()
    wx.find.mockRejectedValueOnce(NO_NETWORK)
    await page.pullDown()
    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(2)
  })
})
