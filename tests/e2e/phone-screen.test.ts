import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

describe('the screen', () => {
  test('shows a page with its templates, components, WXS and replaced configuration', async () => {
    await phone.open('home')
    await phone.see('你好，小明（simulated）')
    await phone.see('¥12.34')
    await phone.see('没有更多了')
    expect(phone.errors).toEqual([])
  })

  test('separates the classes of a component and of a page', async () => {
    await phone.open('home')
    const colorOf = (text: string) =>
      phone.page.getByText(text).evaluate((element) => getComputedStyle(element).color)
    expect([await colorOf('¥12.34'), await colorOf('你好，小明')]).toEqual([
      'rgb(200, 0, 0)',
      'rgb(0, 0, 200)',
    ])
  })

  test('is 750 rpx wide', async () => {
    await phone.open('home')
    const box = await phone.page.getByText('你好，小明').boundingBox()
    expect(box?.width).toBe(375 / 2)
  })

  test('separates the ids of a page from those of the frame', async () => {
    await phone.open('display')
    const styles = await phone.page.getByText('不变的字').evaluate((element) => {
      const { letterSpacing, position } = getComputedStyle(element)
      return { letterSpacing, position }
    })
    expect(styles).toEqual({ letterSpacing: '1px', position: 'static' })
  })

  test('can be used with the keyboard', async () => {
    await phone.open('home')
    await phone.page.getByRole('button', { name: '再深一页' }).press('Enter')
    await phone.see('第 2 页')
    await phone.page.getByRole('button', { name: '返回' }).press('Enter')
    expect(await phone.sees('第 1 页')).toBe(true)
  })

  test('shows the page of the address again after a reload', async () => {
    await phone.open('strict', '')
    await phone.page.reload()
    await phone.page.getByRole('heading', { name: '严格' }).waitFor()
    await phone.page.getByRole('button', { name: '首页' }).click()
    expect(await phone.sees('第 1 页')).toBe(true)
  })
})

describe('an element with a hover-class', () => {
  const pressed = () => phone.page.locator('.pressed').count()

  beforeEach(async () => {
    await phone.open('access')
    await phone.page.getByRole('button', { name: '鸡蛋干，0.01 元' }).hover()
    await phone.page.mouse.down()
  })

  test('has the class while it is pressed', async () => {
    expect(await pressed()).toBe(1)
    await phone.page.mouse.up()
    expect(await pressed()).toBe(0)
  })

  test('loses the class when the press becomes a drag', async () => {
    await phone.page.mouse.move(550, 400)
    expect(await pressed()).toBe(0)
    await phone.page.mouse.up()
  })
})

describe('the page stack', () => {
  test('holds ten and refuses an eleventh', async () => {
    await phone.open('home')
    for (let depth = 2; depth <= 10; depth++) {
      await phone.tap('再深一页')
      await phone.see(`第 ${depth} 页`)
    }
    await phone.tap('再深一页')
    expect(await phone.sees('navigateTo:fail webview count limit exceed')).toBe(true)
  })

  test('stays unchanged when a page does not exist', async () => {
    await phone.open('home')
    await phone.tap('再深一页')
    await phone.tap('去不存在的页')
    await phone.see('redirectTo:fail page "pages/nowhere" is not found')
    await phone.tap('返回')
    expect(await phone.sees('第 1 页')).toBe(true)
  })

  test('calls the lifecycle functions of its pages in order', async () => {
    await phone.open('home')
    await phone.page.getByRole('link', { name: '严格' }).click()
    await phone.tap('返回')
    await phone.page.getByRole('link', { name: '严格' }).click()
    await phone.tap('经历')
    expect(await phone.result()).toBe(
      'app launches,home loads,home shows,home hides,strict shows,strict is ready,' +
        'strict unloads,home shows,home hides,strict shows,strict is ready',
    )
  })

  test('hides and shows its page together with the browser tab', async () => {
    await phone.open('strict')
    await phone.page.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }
    })
    await phone.tap('经历')
    expect((await phone.result()).split(',').slice(-2)).toEqual(['strict hides', 'strict shows'])
  })

  test('passes a query without decoding it', async () => {
    await phone.open('home')
    await phone.page.getByRole('link', { name: '严格' }).click()
    expect(await phone.sees('来自 a%20b')).toBe(true)
  })
})

describe('pulling down and reaching the bottom', () => {
  test.each([
    ['a drag', () => phone.drag(200)],
    ['the wheel', () => phone.wheel(-200)],
  ])('%s downwards at the top refreshes', async (_, gesture) => {
    await phone.open('home')
    await phone.see('刷新 0 次')
    await gesture()
    expect(await phone.sees('刷新 1 次')).toBe(true)
  })

  test.each([
    ['a drag', () => phone.drag(-100)],
    ['the wheel', () => phone.wheel(100)],
  ])('%s upwards reaches the end of a list shorter than the screen', async (_, gesture) => {
    await phone.open('home')
    await phone.see('到底 0 次')
    await gesture()
    expect(await phone.sees('到底 1 次')).toBe(true)
  })

  test('scrolling to the end of a long list calls onReachBottom once, and again after it has grown', async () => {
    await phone.open('long')
    await phone.see('第 30 行')
    await phone.wheel(3000)
    await phone.see('到底 1 次')
    await phone.see('第 40 行')
    await phone.wheel(3000)
    expect(await phone.sees('到底 2 次')).toBe(true)
  })

  test('scrolling near the end of a list that has not grown does not call onReachBottom again', async () => {
    await phone.open('long')
    await phone.see('第 30 行')
    await phone.wheel(3000)
    await phone.see('第 40 行')
    await phone.wheel(3000)
    await phone.see('到底 2 次')
    // The scroll event comes in one frame, its effect is drawn in the next.
    await phone.page.locator('.scroller').evaluate((scroller) => {
      scroller.scrollTop -= 20
      return new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve))
      })
    })
    expect(await phone.sees('到底 2 次')).toBe(true)
  })

  test('a page without enablePullDownRefresh is not refreshed', async () => {
    await phone.open('long')
    await phone.see('第 1 行')
    await phone.drag(200)
    expect(await phone.page.locator('.refreshing').count()).toBe(0)
  })
})
