import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

/* What the developer sees beside the phone when a call fails: each cause has its own words. */

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
  await sample.save(
    'pages/empty/index.wxml',
    '<view bindtap="onTap">再来</view><view>{{text}}</view>',
  )
})
afterAll(() => sample.close())

const notices = () => phone.page.getByRole('log', { name: '给开发者看' })
const titles = () => notices().getByRole('heading', { level: 3 }).allInnerTexts()

/** Opens a page that makes this call when it loads, and again when it is tapped. */
async function openWith(call: string, query = ''): Promise<void> {
  await phone.page.goto('about:blank')
  const code = `Page({
    data: { text: '' },
    onLoad() { this.onTap() },
    onTap() {
      ${call}.then(
        (reply) => this.setData({ text: 'ok ' + Object.keys(reply).sort() }),
        ({ errCode }) => this.setData({ text: 'failed ' + errCode }),
      )
    },
  })`
  await sample.save('pages/empty/index.js', `wx.cloud.init()\n${code}`)
  await phone.open('empty', query)
}

const calling = (name: string) => `wx.cloud.callFunction({ name: '${name}' })`
const READING = "wx.cloud.database().collection('secrets').get()"

test.each([
  ['a function that crashed', calling('crashes'), '', '云函数崩溃了', 'at main (src/index.ts:3:9)'],
  ['a function that took too long', calling('hangs'), '', '云函数超时了', 'after 3 seconds'],
  ['a rule that denied', READING, '', '数据库权限不允许', 'permission denied'],
  ['a lost network', calling('who'), '?network=offline', '手机没有网络', '请求没有发出'],
  ['another refusal', calling('none'), '', '云开发返回了错误', 'no such function'],
])('%s is named, with its cause', async (_what, call, query, title, detail) => {
  await openWith(call, query)
  await notices().waitFor()
  expect(await titles()).toEqual([title])
  expect(await notices().innerText()).toContain(detail)
})

test.each([
  ['handles', '云函数 handles 里有异常，它自己处理了'],
  ['waits', '云函数 waits 等得太久，它自己处理了'],
])(
  'an error that the function %s itself is shown, and the page does not receive it',
  async (name, title) => {
    await openWith(calling(name))
    await phone.see('ok errMsg,requestID,result')
    expect(await titles()).toEqual([title])
  },
)

test('a call that succeeds shows nothing', async () => {
  await openWith(calling('who'))
  await phone.see('ok errMsg,requestID,result')
  expect(await notices().isVisible()).toBe(false)
})

test('a simulator that has stopped is not taken for a lost network', async () => {
  await openWith(calling('who'))
  await phone.see('ok errMsg,requestID,result')
  const start = await sample.stop()
  await phone.page.getByText('再来').click()
  await phone.see('failed -1')
  expect(await titles()).toEqual(['连不上模拟器'])
  await start()
})

test('a repeated notice is shown once, and all disappear when they are dismissed', async () => {
  await openWith(calling('crashes'))
  await phone.see('failed -504002')
  await phone.page.getByText('再来').click()
  await notices().getByText('云函数崩溃了').waitFor()
  expect(await titles()).toHaveLength(1)
  await phone.tap('清除')
  expect(await notices().isVisible()).toBe(false)
})
