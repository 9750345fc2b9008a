import { attribute } from '../support/node'
import { openPage } from '../support/page'
import { goods, manyGoods } from '../support/samples'
import { setDataKeys } from '../support/set-data'
import { fakeWx } from '../support/wx'

const open = () => openPage('pages/pay-list/index')

let wx: ReturnType<typeof fakeWx>
beforeEach(() => {
  wx = fakeWx()
})

describe('the list of goods', () => {
  test('shows name, description, picture and price of each product', async () => {
    wx.stored.goods = [goods(1), goods(1205)]
    const page = await open()
    expect(page.texts('.name')).toEqual(['商品1', '商品1205'])
    expect(page.texts('.description')).toEqual(['说明1', '说明1205'])
    expect(page.texts('.price')).toEqual(['¥0.01', '¥12.05'])
    expect(attribute(page.find('.picture'), 'src')).toBe('cloud://env.bucket/goods/g1.png')
  })

  test.each([
    [9, '¥0.09'],
    [10, '¥0.10'],
    [29, '¥0.29'],
    [100, '¥1.00'],
    [123456789, '¥1234567.89'],
  ])('shows %d fen as %s', async (price, text) => {
    wx.stored.goods = [goods(price)]
    expect((await open()).texts('.price')).toEqual([text])
  })

  test('loads a picture only when it is near the screen', async () => {
    wx.stored.goods = [goods(1)]
    expect(attribute((await open()).find('.picture'), 'lazyLoad')).toBe(true)
  })

  test('gives a screen reader product, price and the button’s action as one label', async () => {
    wx.stored.goods = [goods(1, { name: '鸡蛋干' })]
    const page = await open()
    expect(attribute(page.find('.order'), 'ariaLabel')).toBe('鸡蛋干，0.01 元，下单')
  })

  test.each(['.picture', '.price'])(
    'hides from a screen reader what the button’s label contains (%s)',
    async (part) => {
      wx.stored.goods = [goods(1)]
      expect(attribute((await open()).find(part), 'ariaHidden')).toBe('true')
    },
  )

  test('is read 20 at a time, after the last one shown', async () => {
    wx.stored.goods = manyGoods(21)
    const page = await open()
    await page.reachBottom()
    expect(wx.find.mock.calls.map(([query]) => query)).toEqual([
      { collection: 'goods', where: { _id: { gt: '' } }, orderBy: ['_id', 'asc'], limit: 20 },
      { collection: 'goods', where: { _id: { gt: 'g020' } }, orderBy: ['_id', 'asc'], limit: 20 },
    ])
  })

  test('without goods can be read again', async () => {
    const page = await open()
    expect(page.texts('.state')).toEqual(['还没有商品 过一会儿再来看看 刷新'])
    wx.stored.goods = [goods(3)]
    await page.tap('.retry')
    expect(page.texts('.name')).toEqual(['商品3'])
  })

  test('starts from the first page on pulling down', async () => {
    wx.stored.goods = manyGoods(30)
    const page = await open()
    await page.reachBottom()
    wx.stored.goods = [goods(3)]
    await page.pullDown()
    expect(page.texts('.name')).toEqual(['商品3'])
  })

  test('renders nothing when pulling down finds no change', async () => {
    wx.stored.goods = manyGoods(2)
    const page = await open()
    const sets = setDataKeys(page)
    await page.pullDown()
    expect(sets).toEqual([])
  })

  test('leads to the order list', async () => {
    expect(attribute((await open()).find('.to-orders'), 'url')).toBe('/pages/pay-order/index')
  })
})
