import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())
beforeEach(() => phone.open('access'))

const aria = (selector: string, name: string) =>
  phone.page.locator(selector).first().getAttribute(name)

test('the aria-* attributes of WXML reach a screen reader', async () => {
  expect(await phone.page.locator('[data-page]').ariaSnapshot()).toBe(`\
- heading "读屏" [level=2]
- button "鸡蛋干，0.01 元"
- checkbox "要发票"
- text: 忙 单位
- group "单位": 元
- button "提交"
- button "改名"
- link "空白页"
- img "一个圆点"
- img "注意"
- textbox "备注"
- text: 看得见 0 次 选不中选得中`)
})

test('a bound aria-* attribute is updated when its value changes', async () => {
  await phone.page.getByRole('button', { name: '鸡蛋干，0.01 元' }).click()
  await phone.see('1 次')
  expect(await phone.page.locator('[data-page]').ariaSnapshot()).toContain(`\
- checkbox "要发票" [checked]`)
  expect(await phone.page.getByRole('button', { name: '提交', disabled: true }).count()).toBe(1)
  expect(await phone.page.getByRole('button', { name: '换个名字' }).count()).toBe(1)
  expect(await phone.page.getByText('看得见').isVisible()).toBe(false)
})

test('a state that is bound to true or false has that value', async () => {
  expect(await aria('.row:has-text("忙")', 'aria-busy')).toBe('true')
  expect(await aria('.row:has-text("忙")', 'aria-disabled')).toBe('false')
})

test.each(['Enter', ' '])(
  'a view with the role button can be tapped with the key "%s"',
  async (key) => {
    const row = phone.page.getByRole('button', { name: '鸡蛋干，0.01 元' })
    await row.focus()
    await phone.page.keyboard.press(key)
    expect(await phone.sees('1 次')).toBe(true)
  },
)

test('a live region stays a live region', async () => {
  expect(await aria('wx-view[aria-live]', 'aria-live')).toBe('polite')
})

test('text can be selected only where the page allows it', async () => {
  const selectable = (text: string) =>
    phone.page.getByText(text).evaluate((element) => getComputedStyle(element).userSelect)
  expect(await Promise.all(['选得中', '选不中'].map(selectable))).toEqual(['text', 'none'])
})

test('a misspelt aria attribute does not compile', async () => {
  await phone.page.goto('about:blank')
  await sample.save('pages/empty/index.wxml', '<view aria-lable="x" />')
  await phone.open('empty')
  expect(await phone.sees("<view> of the simulator's phone has no aria-lable")).toBe(true)
})
