import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

describe('sources that do not compile', () => {
  const file = 'pages/empty/index.wxml'

  test('are shown with their position until the next good build', async () => {
    await phone.open('empty')
    await phone.see('空白页')
    await sample.save(file, '<view>\n  <no-such-tag />\n</view>')
    await phone.page.getByRole('alert').getByText('/pages/empty/index.wxml:2:3').waitFor()
    await sample.save(file, '<view>修好了</view>')
    await phone.see('修好了')
    expect(await phone.page.getByRole('alert').isVisible()).toBe(false)
  })

  test('keep the page when the change is reverted', async () => {
    await phone.open('home')
    await phone.tap('再深一页')
    await phone.see('第 2 页')
    const text = sample.read(file)
    await sample.save(file, '<view>')
    const alert = phone.page.getByRole('alert').filter({ hasText: '没有编译通过' })
    await alert.waitFor()
    await sample.save(file, text)
    await alert.waitFor({ state: 'hidden' })
    expect(await phone.sees('第 2 页')).toBe(true)
  })

  test('are shown with their position when the first build fails', async () => {
    await sample.save(file, '<view>')
    await phone.open('empty')
    await phone.page.getByRole('alert').getByText('missing end tag').waitFor()
    await sample.save(file, '<view>又好了</view>')
    expect(await phone.sees('又好了')).toBe(true)
  })
})
