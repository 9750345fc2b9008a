import { statSync } from 'node:fs'
import path from 'node:path'
import { ORDER_ID } from './support/order-page'
import { openPage } from './support/page'
import { goods, order } from './support/samples'
import { fakeWx, ok } from './support/wx'

describe.each(['pay-list', 'pay-order', 'pay-result'])('the card that %s shares', (name) => {
  const share = async () => {
    const wx = fakeWx()
    wx.stored.goods = [goods(1)]
    wx.stored.orders = [order()]
    wx.pay.mockResolvedValue(ok(order()))
    const { page } = await openPage(`pages/${name}/index`, { id: ORDER_ID })
    return page['onShareAppMessage']({ from: 'menu' })
  }

  test('opens the goods', async () => {
    expect((await share()).path).toBe('/pages/pay-list/index')
  })

  test('has a title', async () => {
    expect((await share()).title).toMatch(/小店/)
  })

  test('has its own picture, so that WeChat takes no screenshot of the page', async () => {
    const picture = path.join(__dirname, '../../miniprogram', (await share()).imageUrl)
    expect(statSync(picture).size).toBeLessThan(40 * 1024)
  })

  test('contains nothing of an order', async () => {
    expect(JSON.stringify(await share())).not.toMatch(new RegExp(`${ORDER_ID}|鸡蛋干`))
  })
})
