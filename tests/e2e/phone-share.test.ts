import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

const card = () => phone.page.getByRole('dialog', { name: '转发的卡片' }).getByRole('article')
const panel = () => phone.page.getByRole('alert').filter({ hasText: '小程序出错了' })

async function shareByMenu(): Promise<void> {
  await phone.tap('更多')
  await phone.tap('转发给朋友')
}

describe('the menu of a page', () => {
  test('shows the card that onShareAppMessage describes', async () => {
    await phone.open('share')
    await shareByMenu()
    expect(await card().innerText()).toMatch(/^样例的商品\s+\/pages\/empty\/index\?from=card$/)
    expect(await card().locator('img').getAttribute('src')).toBe('/package/images/dot.svg')
  })

  test('opens the path of the card as its receiver does, with no page below', async () => {
    await phone.open('share')
    await shareByMenu()
    await phone.tap('打开')
    await phone.see('空白页')
    expect(await phone.page.getByRole('button', { name: '返回' }).isVisible()).toBe(false)
    expect(phone.page.url()).toContain('#/pages/empty/index?from=card')
  })

  test('stays on the page when the card is closed', async () => {
    await phone.open('share')
    await shareByMenu()
    await phone.tap('关闭')
    expect(await phone.page.getByRole('button', { name: '转发这一件' }).isVisible()).toBe(true)
  })

  test('does not offer to share a page without onShareAppMessage', async () => {
    await phone.open('empty')
    await phone.tap('更多')
    await phone.page.getByText('当前页面不能转发').waitFor()
    expect(await phone.page.getByText('转发给朋友').count()).toBe(0)
  })

  test('waits for a promise', async () => {
    await phone.open('share')
    await phone.tap('换成等一下的')
    await shareByMenu()
    expect(await card().innerText()).toContain('等来的')
  })

  test('reports fields that WeChat would refuse, and uses their defaults', async () => {
    await phone.open('share')
    await phone.tap('换成不对的')
    await shareByMenu()
    expect(await card().innerText()).toMatch(/^样例\s+微信会截取当前页面\s+\/pages\/share\/index$/)
    expect(phone.errors).toEqual([
      'pages/share/index onShareAppMessage: title must be a string',
      'pages/share/index onShareAppMessage: WeChat does not know query',
      'pages/share/index onShareAppMessage: path must begin with /: pages/empty/index',
    ])
  })
})

describe('<button open-type="share">', () => {
  test('passes the tapped button', async () => {
    await phone.open('share')
    await phone.tap('转发这一件')
    expect(await card().innerText()).toContain('鸡蛋干')
  })

  test('reports an error on a page without onShareAppMessage', async () => {
    await phone.page.goto('about:blank')
    await sample.save('pages/empty/index.wxml', '<button open-type="share">转发</button>')
    await phone.open('empty')
    await phone.tap('转发')
    expect(await panel().innerText()).toContain('pages/empty/index has no onShareAppMessage')
    expect(await phone.page.getByRole('dialog').count()).toBe(0)
  })
})
