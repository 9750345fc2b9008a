import { source } from 'axe-core'
import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

/** Runs axe on the whole browser page. @returns rule and element of each violation */
async function violations(): Promise<string[]> {
  await phone.page.evaluate(source)
  const { violations } = await phone.page.evaluate<any>('axe.run()')
  return violations.flatMap(({ id, nodes }: any) =>
    nodes.map(({ html, failureSummary }: any) => `${id}: ${html} ${failureSummary}`),
  )
}

const dialog = () => phone.page.getByRole('dialog').waitFor()

const SCREENS: [name: string, page: string, show: () => Promise<unknown>][] = [
  ['a page', 'access', () => phone.see('读屏')],
  ['a page with nothing to tap', 'long', () => phone.see('第 30 行')],
  ['a modal', 'strict', () => phone.tap('询问').then(dialog)],
  ['an action sheet', 'strict', () => phone.tap('选择').then(dialog)],
  ['the payment sheet', 'strict', () => phone.tap('付款').then(dialog)],
  ['a refused payment', 'strict', () => phone.tap('签名错的付款').then(() => phone.see('知道了'))],
  ['the subscribe sheet', 'strict', () => phone.tap('订阅').then(dialog)],
  ['a toast', 'strict', () => phone.tap('提示').then(() => phone.see('已保存'))],
  ['a loading', 'strict', () => phone.tap('加载').then(() => phone.see('正在加载'))],
  ['the menu', 'empty', () => phone.tap('更多').then(dialog)],
  [
    'a share card',
    'share',
    async () => {
      await phone.tap('转发这一件')
      await dialog()
    },
  ],
  ['a page that does not exist', 'nowhere', () => phone.see('页面不存在')],
  [
    'an error of page code',
    'strict',
    () => phone.tap('没有的方法').then(() => phone.see('小程序出错了')),
  ],
]

describe.each(['light', 'dark'])('in the %s theme axe finds no violation in', (theme) => {
  test.each(SCREENS)('%s', async (_, page, show) => {
    await phone.page.emulateMedia({ reducedMotion: 'reduce' })
    await phone.open(page, `?theme=${theme}`)
    await show()
    expect(await violations()).toEqual([])
  })

  test('sources that do not compile', async () => {
    await phone.page.goto('about:blank')
    const text = sample.read('pages/empty/index.wxml')
    await sample.save('pages/empty/index.wxml', '<view>')
    await phone.open('empty', `?theme=${theme}`)
    await phone.see('源码没有编译通过')
    expect(await violations()).toEqual([])
    await phone.page.goto('about:blank')
    await sample.save('pages/empty/index.wxml', text)
  })
})

describe('a dialog', () => {
  test('takes the focus and returns it when it closes', async () => {
    const focused = () => phone.page.evaluate(() => document.activeElement?.textContent)
    await phone.open('strict')
    await phone.page.getByRole('button', { name: '询问' }).press('Enter')
    await dialog()
    expect(await focused()).toContain('要退款吗')
    await phone.page.keyboard.press('Escape')
    expect(await focused()).toBe('询问')
  })
})
