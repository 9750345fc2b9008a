import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { Listening } from '../../simulator/http'
import { listen } from '../../simulator/http'
import type { Phone } from '../../simulator/phone'
import { createPhone } from '../../simulator/phone'
import { FakePhoneBackend } from '../support/phone-backend'

const backend = new FakePhoneBackend()
const dir = mkdtempSync(path.join(tmpdir(), 'phone-'))
let phone: Phone
let server: Listening
let browser: Browser
let context: BrowserContext
let page: Page
/** what the phone complained of in the console of the test that runs */
let errors: string[]

beforeAll(async () => {
  cpSync(path.join(__dirname, '../simulator/phone-sample'), dir, { recursive: true })
  phone = createPhone({ miniprogramDir: dir, config: { env: 'simulated' }, backend })
  server = await listen(phone.handler, { port: 0 })
  browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH!,
    args: ['--no-sandbox'],
  })
}, 30_000)

afterAll(async () => {
  await browser.close()
  phone.close()
  await server.close()
  rmSync(dir, { recursive: true })
})

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1100, height: 880 } })
  page = await context.newPage()
  page.setDefaultTimeout(5000)
  errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
})

afterEach(() => context.close())

const open = (route: string, query = '') =>
  page.goto(`${server.url}/${query}#/pages/${route}/index`)
const tap = (name: string) => page.getByRole('button', { name, exact: true }).click()
const see = (text: string) => page.getByText(text, { exact: true }).first().waitFor()
const result = () => page.getByRole('heading', { name: '结果' }).innerText()

/** Moves the held mouse from the middle of the screen by `dy` px. */
async function drag(dy: number) {
  await page.mouse.move(550, 440)
  await page.mouse.down()
  await page.mouse.move(550, 440 + dy / 2)
  await page.mouse.move(550, 440 + dy)
  await page.mouse.up()
}

async function wheel(dy: number) {
  await page.mouse.move(550, 440)
  await page.mouse.wheel(0, dy)
}

describe('the screen', () => {
  test('shows a page with its templates, components, WXS and given configuration', async () => {
    await open('home')
    await see('你好，小明（simulated）')
    await see('¥12.34')
    await see('没有更多了')
    expect(errors).toEqual([])
  })

  test('gives a component and a page classes of their own', async () => {
    await open('home')
    const colorOf = (text: string) =>
      page.getByText(text).evaluate((element) => getComputedStyle(element).color)
    expect([await colorOf('¥12.34'), await colorOf('你好，小明')]).toEqual([
      'rgb(200, 0, 0)',
      'rgb(0, 0, 200)',
    ])
  })

  test('is 750 rpx wide', async () => {
    await open('home')
    const box = await page.getByText('你好，小明').boundingBox()
    expect(box?.width).toBe(375 / 2)
  })

  test('can be used with the keyboard', async () => {
    await open('home')
    await page.getByRole('button', { name: '再深一页' }).press('Enter')
    await see('第 2 页')
    await page.getByRole('button', { name: '返回' }).press('Enter')
    await see('第 1 页')
  })

  test('shows the page of the address again after a reload', async () => {
    await open('strict', '')
    await page.reload()
    await page.getByRole('heading', { name: '严格' }).waitFor()
    await page.getByRole('button', { name: '首页' }).click()
    await see('第 1 页')
  })
})

describe('the stack of pages', () => {
  test('holds ten and refuses an eleventh', async () => {
    await open('home')
    for (let depth = 2; depth <= 10; depth++) {
      await tap('再深一页')
      await see(`第 ${depth} 页`)
    }
    await tap('再深一页')
    await see('navigateTo:fail webview count limit exceed')
  })

  test('stays as it is when a page does not exist', async () => {
    await open('home')
    await tap('再深一页')
    await tap('去不存在的页')
    await see('redirectTo:fail page "pages/nowhere" is not found')
    await tap('返回')
    await see('第 1 页')
  })

  test('hands a query over undecoded', async () => {
    await open('home')
    await page.getByRole('link', { name: '严格' }).click()
    await see('来自 a%20b')
  })
})

describe('pulling and reaching', () => {
  test.each([
    ['a drag', () => drag(200)],
    ['the wheel', () => wheel(-200)],
  ])('%s downwards at the top refreshes', async (_, gesture) => {
    await open('home')
    await see('刷新 0 次')
    await gesture()
    await see('刷新 1 次')
  })

  test.each([
    ['a drag', () => drag(-100)],
    ['the wheel', () => wheel(100)],
  ])('%s upwards reaches the end of a list shorter than the screen', async (_, gesture) => {
    await open('home')
    await see('到底 0 次')
    await gesture()
    await see('到底 1 次')
  })

  test('scrolling to the end of a long list reaches it once, and again after it grew', async () => {
    await open('long')
    await see('第 30 行')
    await wheel(3000)
    await see('到底 1 次')
    await see('第 40 行')
    await wheel(3000)
    await see('到底 2 次')
  })

  test('a page without enablePullDownRefresh is not refreshed', async () => {
    await open('long')
    await see('第 1 行')
    await drag(200)
    expect(await page.locator('.refreshing').count()).toBe(0)
  })
})

describe('page code', () => {
  beforeEach(() => open('strict'))

  test('sees nothing of the browser', async () => {
    await tap('作用域')
    expect(await result()).toBe('看得见 0 个')
  })

  test.each([
    ['undefined', '设为 undefined', 'Setting data field "kept" to undefined is invalid.'],
    ['a function', '设为函数', 'Setting data field "kept" to a function is invalid.'],
  ])('cannot set data to %s', async (_, button, complaint) => {
    await tap(button)
    await see('原样')
    expect(errors).toEqual([complaint])
  })

  test('sets data to a copy', async () => {
    await tap('复制')
    expect(await result()).toBe('复制的是 1')
  })

  test('is told nothing of a tap on a disabled button', async () => {
    const button = page.getByRole('button', { name: '禁用' })
    expect(await button.isDisabled()).toBe(true)
    await button.click({ force: true })
    expect(await result()).toBe('')
  })

  test('hears of a handler that it does not have', async () => {
    await tap('没有的方法')
    expect(errors).toEqual([
      'pages/strict/index does not have a method "onMissing" to handle an event',
    ])
  })

  test('hears of a rejection that nobody handles', async () => {
    await tap('无人接的失败')
    await page.waitForFunction(() => true)
    expect(errors).toEqual(['Uncaught (in promise) getStorage:fail data not found'])
  })

  test('reads dates as iOS does', async () => {
    await tap('日期')
    expect(await result()).toBe('横线不认，斜线认')
  })

  test('calls a wx function that is not built in vain', async () => {
    await tap('没有的接口')
    expect(await result()).toBe("wx.chooseAddress is not built into the simulator's phone")
  })
})

describe('toast and dialogs', () => {
  beforeEach(() => open('strict'))
  const toast = () => page.getByRole('status')

  test('a loading takes the place of a toast', async () => {
    await tap('提示')
    await see('已保存')
    await tap('加载')
    expect(await toast().innerText()).toBe('正在加载')
  })

  test('hiding the loading hides a toast too', async () => {
    await tap('提示')
    await see('已保存')
    await tap('收起加载')
    expect(await toast().isVisible()).toBe(false)
  })

  test.each([
    ['退款', '退'],
    ['取消', '不退'],
  ])('a modal answered with %s', async (button, answer) => {
    await tap('询问')
    await page.getByRole('dialog', { name: '要退款吗' }).waitFor()
    await tap(button)
    expect(await result()).toBe(answer)
  })

  test('a modal can be left with Escape', async () => {
    await tap('询问')
    await page.keyboard.press('Escape')
    expect(await result()).toBe('不退')
  })
})

describe('subscribe messages', () => {
  beforeEach(() => open('strict'))

  test('that a tap asks for can be accepted', async () => {
    await tap('订阅')
    await see('付款成功通知')
    await tap('允许')
    await see('accept')
    expect(backend.asked).toContain('shopper 1 accepted paid')
  })

  test('that a tap asks for can be rejected', async () => {
    await tap('订阅')
    await tap('取消')
    await see('reject')
  })

  test.each(['等一下再订阅', '定时订阅'])(
    'cannot be asked for without a tap: %s',
    async (button) => {
      await tap(button)
      await see('requestSubscribeMessage:fail can only be invoked by user TAP gesture.')
    },
  )

  test('of an unknown template fail with its code', async () => {
    await tap('订阅没有的模板')
    await see('20001')
  })
})

describe('a payment', () => {
  beforeEach(() => open('strict'))

  test('is confirmed in the sheet', async () => {
    await tap('付款')
    await page.getByRole('dialog', { name: '确认付款' }).getByText('¥0.01').waitFor()
    await tap('确认支付')
    await see('requestPayment:ok')
    expect(backend.asked).toContain('shopper 1 paid')
  })

  test('is cancelled in the sheet', async () => {
    await tap('付款')
    await tap('取消')
    await see('requestPayment:fail cancel')
  })

  test('that WeChat refuses shows the real cause', async () => {
    await tap('签名错的付款')
    await page.getByRole('alertdialog').getByText('paySign is not what was signed').waitFor()
    await tap('知道了')
    await see('requestPayment:fail 支付验证签名失败')
  })

  test('needs strings', async () => {
    await tap('没有签名的付款')
    expect(await result()).toBe(
      'requestPayment:fail parameter error: parameter.paySign should be String instead of Undefined;',
    )
  })
})

describe('the cloud', () => {
  test('gives dates of the database as dates and takes commands', async () => {
    await open('strict')
    await tap('查询')
    await page.getByText('true {"_openid"').waitFor()
    expect(JSON.parse((await result()).slice('true '.length))).toEqual({
      _openid: '{openid}',
      created_at: { $lt: expect.anything() },
      $and: [{ 'nested.a': { $gt: 1 } }, { 'nested.a': { $lte: 3 } }],
    })
  })

  test('gets dates of a function call as strings', async () => {
    await open('strict')
    await tap('调用函数')
    await see('{"shopper":1,"name":"who","data":{"at":"1970-01-01T00:00:00.000Z"}}')
  })

  test('fails with a code', async () => {
    await open('strict')
    await tap('调用失败')
    await see('-501000 cloud.callFunction:fail no such function')
  })
})

describe('shopper 2', () => {
  test('calls as shopper 2', async () => {
    await open('strict', '?shopper=2')
    await tap('调用函数')
    await page.getByText('"shopper":2').waitFor()
  })

  test('has a storage of its own', async () => {
    await open('strict')
    await tap('记住')
    await tap('回忆')
    await see('记得 {"n":1}')
    await open('strict', '?shopper=2')
    await tap('回忆')
    await see('记得 ""')
  })

  test('is one tap away', async () => {
    await open('home')
    await page.getByRole('link', { name: '顾客 2' }).click()
    await page.waitForURL(/shopper=2/)
  })
})

describe('sources that do not compile', () => {
  const file = path.join(dir, 'pages/empty/index.wxml')

  test('show where, and the next good build mends the phone', async () => {
    await open('empty')
    await see('空白页')
    writeFileSync(file, '<view>\n  <no-such-tag />\n</view>')
    await phone.rebuild()
    await page.getByRole('alert').getByText('/pages/empty/index.wxml:2:3').waitFor()
    writeFileSync(file, '<view>修好了</view>')
    await phone.rebuild()
    await see('修好了')
    expect(await page.getByRole('alert').isVisible()).toBe(false)
  })

  test('show where when they were broken from the start', async () => {
    writeFileSync(file, '<view>')
    await phone.rebuild()
    await open('empty')
    await page.getByRole('alert').getByText('missing end tag').waitFor()
    writeFileSync(file, '<view>又好了</view>')
    await phone.rebuild()
    await see('又好了')
  })
})
