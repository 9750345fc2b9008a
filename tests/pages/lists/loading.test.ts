import { openPage, pass, settle } from '../support/page'
import { lists } from '../support/lists'
import { fakeWx, later, never } from '../support/wx'

describe.each(lists)(
  'the list of $list',
  ({ route, loading, nothing, endText, row, store, rows }) => {
    const open = () => openPage(route)

    let wx: ReturnType<typeof fakeWx>
    beforeEach(() => {
      wx = fakeWx()
    })

    test('is a skeleton at first, which a screen reader calls loading', async () => {
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

    test('no longer says that it is slow once it is there', async () => {
      const reply = later<unknown[]>()
      wx.find.mockReturnValueOnce(reply.promise)
      const page = await open()
      await pass(4)
      reply.keep([])
      await settle()
      expect(page.text()).not.toContain('网络有点慢')
    })

    test('takes the place of its skeleton', async () => {
      store(wx, 2)
      const page = await open()
      expect(page.texts(row)).toEqual(rows(2))
      expect(page.has('.skeleton')).toBe(false)
      expect(page.names('status')).toEqual([])
    })

    test('says that nothing is there', async () => {
      const page = await open()
      expect(page.texts('.state-title')).toEqual([nothing])
      expect(page.text()).not.toContain(endText)
    })
  },
)
