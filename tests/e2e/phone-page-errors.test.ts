import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

const PAGE = 'pages/empty/index'
const panel = () => phone.page.getByRole('alert').filter({ hasText: '小程序出错了' })

/** Opens the page `empty` with this code. */
async function openWith(code: string): Promise<void> {
  // An open phone would reload at each save.
  await phone.page.goto('about:blank')
  await sample.save(`${PAGE}.wxml`, '<view bindtap="onTap">空白页</view>')
  await sample.save(`${PAGE}.js`, code)
  await phone.open('empty')
  await phone.see('空白页')
}

/** Returns the place and the text of the one error on the panel. */
const shown = () => panel().locator('li').locator('code, p').allInnerTexts()

describe('an error of page code is shown on the phone and in the console when it is thrown', () => {
  const thrown = "throw new Error('算错了')"

  test.each([
    ['in onLoad', `Page({ onLoad() { ${thrown} } })`, `${PAGE} onLoad`],
    ['in an asynchronous function', `Page({ async onLoad() { ${thrown} } })`, `${PAGE} onLoad`],
    ['in a timer', `Page({ onLoad() { setTimeout(() => { ${thrown} }) } })`, undefined],
  ])('%s', async (_, code, where) => {
    await openWith(code)
    await panel().waitFor()
    expect(await shown()).toEqual([...(where ? [where] : []), 'Error: 算错了'])
    expect(phone.errors.join('\n')).toContain('算错了')
  })

  test('in a handler', async () => {
    await openWith(`Page({ onTap() { ${thrown} } })`)
    await phone.page.getByText('空白页').click()
    await panel().waitFor()
    expect(await shown()).toEqual([`${PAGE} onTap`, 'Error: 算错了'])
  })

  test('while its module is loaded, and the other pages still work', async () => {
    await openWith(`const rate = undefined.rate\nPage({})`)
    await panel().getByText('TypeError').waitFor()
    await phone.page.getByRole('button', { name: '首页' }).click()
    expect(await phone.sees('第 1 页')).toBe(true)
  })
})

test('a page that was never registered says so', async () => {
  await openWith('const definition = {}')
  expect(await panel().innerText()).toContain(`${PAGE} has not been registered`)
})

test('a missing handler is named', async () => {
  await openWith('Page({ onTapp() {} })')
  await phone.page.getByText('空白页').click()
  expect(await panel().innerText()).toContain('does not have a method "onTap"')
})

test('the panel disappears when it is dismissed', async () => {
  await openWith('Page({ onTap() { missing() } })')
  await phone.page.getByText('空白页').click()
  await phone.tap('关闭')
  expect(await panel().isVisible()).toBe(false)
})

test('an error that occurs twice is shown once', async () => {
  await openWith('Page({ onTap() { missing() } })')
  await phone.page.getByText('空白页').click()
  await phone.page.getByText('空白页').click()
  expect(await panel().locator('li').count()).toBe(1)
})
