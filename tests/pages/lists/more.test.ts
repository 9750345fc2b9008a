import { LISTS } from '../support/lists'
import { NO_NETWORK } from '../support/network'
import { openPage, pass, type OpenPage } from '../support/page'
import { setDataKeys } from '../support/set-data'
import { fakeWx, never } from '../support/wx'

describe.each(LISTS)('the list of $list, 20 at a time,', ({ route, endText, row, store, rows }) => {
  let wx: ReturnType<typeof fakeWx>
  let page: OpenPage

  beforeEach(async () => {
    wx = fakeWx()
    store(wx, 45)
    page = await openPage(route)
  })

  test('shows the first 20', () => {
    expect(page.texts(row)).toEqual(rows(45, 20))
    expect(page.text()).not.toContain(endText)
  })

  test('loads more when its end is reached', async () => {
    await page.reachBottom()
    expect(page.texts(row)).toEqual(rows(45, 40))
  })

  test('passes only the new page to setData, in one call', async () => {
    const sets = setDataKeys(page)
    await page.reachBottom()
    expect(sets).toHaveLength(2)
    expect(sets.flat().filter((key) => key.startsWith('pages'))).toEqual(['pages[1]'])
    expect(sets[1]).toEqual(expect.arrayContaining(['pages[1]', 'loadingMore']))
  })

  test('says that it is loading more', async () => {
    wx.find.mockReturnValue(never())
    await page.reachBottom()
    expect(page.names('status')).toEqual(['正在加载更多'])
  })

  test('says after 3 s that loading more is slow', async () => {
    wx.find.mockReturnValue(never())
    await page.reachBottom()
    await pass(3)
    expect(page.names('status')).toEqual(['网络有点慢，还在加载'])
  })

  test('does not read the same page twice', async () => {
    page.page['onReachBottom']()
    await page.reachBottom()
    expect(wx.find).toHaveBeenCalledTimes(2)
  })

  test('says so when there are no more, and stops reading', async () => {
    await page.reachBottom()
    await page.reachBottom()
    expect(page.text()).toContain(endText)
    await page.reachBottom()
    expect(page.texts(row)).toEqual(rows(45))
    expect(wx.find).toHaveBeenCalledTimes(3)
  })

  describe('that failed to load more', () => {
    beforeEach(async () => {
      wx.find.mockRejectedValueOnce(NO_NETWORK)
      await page.reachBottom()
    })

    test('keeps its rows, and says why below them', () => {
      expect(page.texts(row)).toEqual(rows(45, 20))
      expect(page.names('alert')).toEqual(['网络不太顺畅，请稍后重试 -1'])
    })

    test.each([
      ['重试 is tapped', () => page.tap('.retry')],
      ['its end is reached again', () => page.reachBottom()],
    ])('continues from there when %s', async (_when, retry) => {
      await retry()
      expect(page.texts(row)).toEqual(rows(45, 40))
      expect(page.names('alert')).toEqual([])
    })
  })
})

test.each(LISTS)('an empty list of $list does not load more', async ({ route }) => {
  const wx = fakeWx()
  wx.find.mockRejectedValueOnce(NO_NETWORK).mockReturnValue(never())
  const page = await openPage(route)
  await page.reachBottom()
  expect(wx.find).toHaveBeenCalledTimes(1)
  await page.tap('.retry')
  await page.reachBottom()
  expect(wx.find).toHaveBeenCalledTimes(2)
})
