import { LISTS } from '../support/lists'
import { openPage, pass } from '../support/page'
import { setDataKeys } from '../support/set-data'
import { fakeWx, never } from '../support/wx'

describe.each(LISTS)(
  'the list of $list',
  ({ route, loading, nothing, endText, row, store, rows }) => {
    const open = () => openPage(route)

    let wx: ReturnType<typeof fakeWx>
    beforeEach(() => {
      wx = fakeWx()
    })

    test('is a skeleton at first, which a screen reader announces as loading', async () => {
      wx.find.mockReturnValue(never())
      const page = await open()
      expect(page.has('.skeleton')).toBe(true)
      expect(page.names('status')).toEqual([loading])
    })

    test('says after 3 s that the network is slow, not before', async () => {
      wx.find.mockReturnValue(never())
      const page = await open()
      await pass(2.9)
      expect(page.text()).not.toContain('网络有点慢')
      await pass(0.1)
      expect(page.names('status')).toContain('网络有点慢，请稍候')
    })

    test('renders nothing more after it was loaded', async () => {
      store(wx, 2)
      const sets = setDataKeys(await open())
      await pass(10)
      expect(sets).toEqual([])
    })

    test('replaces its skeleton', async () => {
      store(wx, 2)
      const page = await open()
      expect(page.texts(row)).toEqual(rows(2))
      expect(page.has('.skeleton')).toBe(false)
      expect(page.names('status')).toEqual([])
    })

    test('says that it is empty', async () => {
      const page = await open()
      expect(page.texts('.state-title')).toEqual([nothing])
      expect(page.text()).not.toContain(endText)
    })
  },
)
