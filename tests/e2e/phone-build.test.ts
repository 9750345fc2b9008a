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

  test('show where, and the next good build mends the phone', async () => {
    await phone.open('empty')
    await phone.see('空白页')
    await sample.save(file, '<view>\n  <no-such-tag />\n</view>')
    await phone.page.getByRole('alert').getByText('/pages/empty/index.wxml:2:3').waitFor()
    await sample.save(file, '<view>修好了</view>')
    await phone.see('修好了')
    expect(await phone.page.getByRole('alert').isVisible()).toBe(false)
  })

  test('leave the page as it was when they are again what they were', async () => {
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

  test('show where when they were broken from the start', async () => {
    await sample.save(file, '<view>')
    await phone.open('empty')
    await phone.page.getByRole('alert').getByText('missing end tag').waitFor()
    await sample.save(file, '<view>又好了</view>')
    expect(await phone.sees('又好了')).toBe(true)
  })
})
