import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

const back = () => phone.page.evaluate(() => history.back())

/** As when the address is typed by hand. */
const visit = (route: string) =>
  phone.page.evaluate((hash) => {
    location.hash = hash
  }, `/${route}`)

/** Opens home and as many pages on top of it as make `depth`. */
async function openDeep(depth: number): Promise<void> {
  await phone.open('home')
  await phone.see('第 1 页')
  for (let reached = 2; reached <= depth; reached++) {
    await phone.tap('再深一页')
    await phone.see(`第 ${reached} 页`)
  }
}

/** A page on top of the stack knows how deep it lies; those beneath are hidden. */
const shows = (depth: number) => phone.sees(`第 ${depth} 页`)

describe("the browser's Back", () => {
  test('goes back one page at a time', async () => {
    await openDeep(3)
    await back()
    expect(await shows(2)).toBe(true)
    await back()
    expect(await shows(1)).toBe(true)
  })

  test('is in step after the phone itself went back', async () => {
    await openDeep(3)
    await phone.tap('返回')
    await phone.see('第 2 页')
    await phone.page.waitForFunction(() => (history.state as { depth: number }).depth === 2)
    await back()
    expect(await shows(1)).toBe(true)
  })

  test('opens the page beneath anew after a reload', async () => {
    await phone.open('home')
    await phone.page.getByRole('link', { name: '严格' }).click()
    await phone.see('来自 a%20b')
    await phone.page.reload()
    await phone.see('来自 a%20b')
    await back()
    expect(await shows(1)).toBe(true)
  })

  test('cancels an open dialog and leaves the page', async () => {
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

  test('is left again with Back', async () => {
    await phone.open('home')
    await phone.see('第 1 页')
    await visit('pages/empty/index')
    await phone.see('空白页')
    await back()
    expect(await shows(1)).toBe(true)
  })

  test('of a page that does not exist says so and leaves all as it is', async () => {
    await openDeep(2)
    await visit('pages/nowhere/index')
    await phone.page.getByRole('alertdialog', { name: '页面不存在' }).waitFor()
    await phone.tap('知道了')
    await phone.page.waitForURL(/pages\/home\/index$/)
    expect(await shows(2)).toBe(true)
  })

  test('of a page that does not exist leads home when it is the first', async () => {
    await phone.open('nowhere')
    await phone.page.getByRole('alertdialog', { name: '页面不存在' }).waitFor()
    await phone.tap('知道了')
    expect(await shows(1)).toBe(true)
  })
})
