import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

const back = () => phone.page.evaluate(() => history.back())

/** Changes the address, as when it is typed by hand. */
const visit = (route: string) =>
  phone.page.evaluate((hash) => {
    location.hash = hash
  }, `/${route}`)

/** Opens home and more pages on top of it, until the stack has `depth` pages. */
async function openDeep(depth: number): Promise<void> {
  await phone.open('home')
  await phone.see('第 1 页')
  for (let reached = 2; reached <= depth; reached++) {
    await phone.tap('再深一页')
    await phone.see(`第 ${reached} 页`)
  }
}

/** Returns whether the page on top is the one at this depth of the stack. */
const isAtDepth = (depth: number) => phone.sees(`第 ${depth} 页`)

describe("the browser's Back", () => {
  test('goes back one page at a time', async () => {
    await openDeep(3)
    await back()
    expect(await isAtDepth(2)).toBe(true)
    await back()
    expect(await isAtDepth(1)).toBe(true)
  })

  test('goes back one page after the phone’s own back button', async () => {
    await openDeep(3)
    await phone.tap('返回')
    await phone.see('第 2 页')
    await phone.page.waitForFunction(() => (history.state as { depth: number }).depth === 2)
    await back()
    expect(await isAtDepth(1)).toBe(true)
  })

  test('opens the page below again after a reload', async () => {
    await phone.open('home')
    await phone.page.getByRole('link', { name: '严格' }).click()
    await phone.see('来自 a%20b')
    await phone.page.reload()
    await phone.see('来自 a%20b')
    await back()
    expect(await isAtDepth(1)).toBe(true)
  })

  test('cancels an open dialog and stays on the page', async () => {
    await phone.open('home')
    await phone.page.getByRole('link', { name: '严格' }).click()
    await phone.tap('询问')
    await phone.page.getByRole('dialog').waitFor()
    await back()
    await phone.see('不退')
    expect(phone.errors).toEqual([])
  })
})

describe('an address typed by hand', () => {
  test('opens its page', async () => {
    await phone.open('home')
    await phone.see('第 1 页')
    await visit('pages/empty/index')
    expect(await phone.sees('空白页')).toBe(true)
  })

  test('can be left with Back', async () => {
    await phone.open('home')
    await phone.see('第 1 页')
    await visit('pages/empty/index')
    await phone.see('空白页')
    await back()
    expect(await isAtDepth(1)).toBe(true)
  })

  test('of a page that does not exist says so and changes nothing', async () => {
    await openDeep(2)
    await visit('pages/nowhere/index')
    await phone.page.getByRole('alertdialog', { name: '页面不存在' }).waitFor()
    await phone.tap('知道了')
    await phone.page.waitForURL(/pages\/home\/index$/)
    expect(await isAtDepth(2)).toBe(true)
  })

  test('of a page that does not exist opens home when it is the first one', async () => {
    await phone.open('nowhere')
    await phone.page.getByRole('alertdialog', { name: '页面不存在' }).waitFor()
    await phone.tap('知道了')
    expect(await isAtDepth(1)).toBe(true)
  })
})
