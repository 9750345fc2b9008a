import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

/** Returns a computed style of the first element that a selector finds. */
const style = (selector: string, property: string) =>
  phone.page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

const displayed = async () => {
  await phone.tap('看看')
  return phone.page.getByRole('heading', { name: '所见' }).innerText()
}

/** Returns the value that a group of the panel shows as chosen. */
const chosen = (group: string) =>
  phone.page.getByRole('group', { name: group }).getByRole('button', { pressed: true }).innerText()

const query = () => new URL(phone.page.url()).search

describe('an address', () => {
  test('without settings means a light phone of 375 px with a good network', async () => {
    await phone.open('display')
    expect(await displayed()).toBe('light 375 16 1')
    expect(await Promise.all(['主题', '屏幕宽度', '微信字号', '网络'].map(chosen))).toEqual([
      '浅色',
      '375',
      '标准',
      '正常',
    ])
  })

  test('sets the phone', async () => {
    await phone.open('display', '?theme=dark&width=430&font=largest')
    expect(await displayed()).toBe('dark 430 26 1.625')
  })

  test('with unknown values means the defaults', async () => {
    await phone.open('display', '?theme=blue&width=1&font=&network=none')
    expect(await displayed()).toBe('light 375 16 1')
  })
})

describe('a button of the panel', () => {
  test.each([
    ['深色', 'dark 375 16 1', '?theme=dark'],
    ['320', 'light 320 16 1', '?width=320'],
    ['大', 'light 375 20 1.25', '?font=large'],
  ])('%s takes effect at once and is kept in the address', async (button, seen, search) => {
    await phone.open('display')
    await phone.tap(button)
    expect(await displayed()).toBe(seen)
    expect(query()).toBe(search)
    await phone.page.reload()
    expect(await displayed()).toBe(seen)
  })

  test('of the default removes the setting from the address', async () => {
    await phone.open('display', '?font=large&theme=dark')
    await phone.tap('标准')
    expect(query()).toBe('?theme=dark')
  })

  test('keeps the page stack and the state of its pages', async () => {
    await phone.open('home')
    await phone.tap('再深一页')
    await phone.see('第 2 页')
    await phone.tap('深色')
    await phone.tap('430')
    expect(await phone.sees('第 2 页')).toBe(true)
    await phone.page.evaluate(() => history.back())
    expect(await phone.sees('第 1 页')).toBe(true)
    expect(query()).toBe('?theme=dark&width=430')
  })

  test('is kept by the links to the shoppers', async () => {
    await phone.open('home')
    await phone.tap('深色')
    await phone.page.getByRole('link', { name: '顾客 2' }).click()
    await phone.page.waitForURL(/shopper/)
    expect(query()).toBe('?theme=dark&shopper=2')
  })
})

describe('the theme', () => {
  test('decides prefers-color-scheme, regardless of the browser’s preference', async () => {
    await phone.page.emulateMedia({ colorScheme: 'dark' })
    await phone.open('display')
    expect(await style('[data-page]', 'color')).toBe('rgb(25, 25, 25)')
    await phone.tap('深色')
    expect(await style('[data-page]', 'color')).toBe('rgb(208, 208, 208)')
    await phone.page.emulateMedia({ colorScheme: null })
  })

  test('sets the colours of theme.json on the navigation bar', async () => {
    await phone.open('display', '?theme=dark')
    expect(await style('#phone', 'background-color')).toBe('rgb(25, 25, 25)')
    expect(await style('#title', 'color')).toBe('rgb(255, 255, 255)')
    await phone.tap('浅色')
    expect(await style('#title', 'color')).toBe('rgb(0, 0, 0)')
  })

  test('sets the colour of the dots above a page that is pulled down', async () => {
    const dots = () =>
      phone.page.locator('.scroller').evaluate((scroller) => {
        return getComputedStyle(scroller, '::after').backgroundImage
      })
    await phone.open('home', '?theme=dark')
    expect(await dots()).toContain('rgb(255, 255, 255)')
    await phone.tap('浅色')
    expect(await dots()).toContain('rgb(118, 118, 118)')
  })

  test('changes the style of built-in components', async () => {
    await phone.open('display', '?theme=dark')
    expect(await style('wx-button', 'color')).toBe('rgba(255, 255, 255, 0.9)')
  })

  test('notifies listeners until they are removed', async () => {
    await phone.open('display')
    await phone.tap('听着')
    await phone.tap('深色')
    await phone.see('{"theme":"dark"}')
    await phone.tap('不听了')
    await phone.tap('浅色')
    expect(await phone.sees('{"theme":"dark"}')).toBe(true)
  })

  test('calls onThemeChange of the app', async () => {
    await phone.open('strict')
    await phone.tap('深色')
    await phone.tap('经历')
    expect(await phone.result()).toContain(',theme is dark')
  })

  test('is ignored by a mini program without darkmode', async () => {
    const app = sample.read('app.json')
    const light = app.replace('"darkmode": true,', '').replaceAll(/"@\w+"/g, '"#ffffff"')
    // An open phone would reload at each save.
    await phone.page.goto('about:blank')
    await sample.save('app.json', light)
    await phone.open('display', '?theme=dark')
    expect(await displayed()).toMatch(/^undefined/)
    expect(await style('wx-button', 'color')).toBe('rgb(0, 0, 0)')
    await phone.page.goto('about:blank')
    await sample.save('app.json', app)
  })
})

describe('the width', () => {
  test('decides a width in @media', async () => {
    await phone.open('display')
    await phone.see('一行字')
    expect(await phone.page.getByText('窄屏').isVisible()).toBe(false)
    await phone.tap('320')
    expect(await phone.page.getByText('窄屏').isVisible()).toBe(true)
  })

  test.each([390, 800, 1000])('fits a browser of %i px', async (width) => {
    await phone.page.setViewportSize({ width, height: 880 })
    await phone.open('display')
    await phone.see('一行字')
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    const box = await phone.page.locator('#screen').boundingBox()
    expect([box!.x >= 0, box!.width]).toEqual([true, 375])
    await phone.page.setViewportSize({ width: 1100, height: 880 })
  })
})

describe('the font size', () => {
  test('is the root font size of a page that asks for the system’s', async () => {
    await phone.open('display', '?font=largest')
    expect(await style('.scaled', 'font-size')).toBe('39px')
    expect(await style('.inline', 'height')).toBe('52px')
    await phone.tap('大')
    expect(await style('.scaled', 'font-size')).toBe('30px')
  })

  test('does not change sizes that are not relative to it', async () => {
    await phone.open('display', '?font=largest')
    expect(await style('.plain', 'font-size')).toBe('16px')
  })

  test('is chosen by each page separately, also for its own root element', async () => {
    const page = 'pages/empty/index.wxml'
    const text = sample.read(page)
    await phone.page.goto('about:blank')
    await sample.save(
      page,
      '<page-meta root-font-size="20px" page-font-size="system"><view class="own" style="width: 2rem">字</view></page-meta>',
    )
    await phone.open('empty', '?font=large')
    expect([await style('.own', 'width'), await style('.own', 'font-size')]).toEqual([
      '40px',
      '20px',
    ])
    await phone.page.goto('about:blank')
    await sample.save(page, text)
  })

  test('is overridden by a size in px', async () => {
    await phone.open('display', '?font=largest')
    await phone.tap('固定字号')
    expect(await style('.scaled', 'font-size')).toBe('27px')
  })
})
