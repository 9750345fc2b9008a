import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

describe('page code', () => {
  beforeEach(() => phone.open('strict'))

  test('has no access to browser globals', async () => {
    await phone.tap('作用域')
    expect(await phone.result()).toBe('看得见 0 个')
  })

  test.each([
    ['undefined', '设为 undefined', 'Setting data field "kept" to undefined is invalid.'],
    ['a function', '设为函数', 'Setting data field "kept" to a function is invalid.'],
  ])('cannot set data to %s', async (_, button, complaint) => {
    await phone.tap(button)
    await phone.see('原样')
    expect(phone.errors).toEqual([complaint])
  })

  test('stores a copy in data', async () => {
    await phone.tap('复制')
    expect(await phone.result()).toBe('复制的是 1')
  })

  test('receives no tap of a disabled button', async () => {
    const button = phone.page.getByRole('button', { name: '禁用' })
    expect(await button.isDisabled()).toBe(true)
    await button.click({ force: true })
    expect(await phone.result()).toBe('')
  })

  test('gets an error for a missing handler', async () => {
    await phone.tap('没有的方法')
    expect(phone.errors).toEqual([
      'pages/strict/index does not have a method "onMissing" to handle an event',
    ])
  })

  test('gets an error for an unhandled rejection', async () => {
    await Promise.all([phone.page.waitForEvent('console'), phone.tap('无人接的失败')])
    expect(phone.errors).toEqual(['Uncaught (in promise) getStorage:fail data not found'])
  })

  test('parses dates as iOS does', async () => {
    await phone.tap('日期')
    expect(await phone.result()).toBe('横线不认，斜线认')
  })

  test('gets an error for a wx function that the phone lacks', async () => {
    await phone.tap('没有的接口')
    expect(await phone.result()).toBe("wx.chooseAddress is not built into the simulator's phone")
  })
})

describe('the cloud', () => {
  test('returns dates of the database as Date and accepts commands', async () => {
    await phone.open('strict')
    await phone.tap('查询')
    await phone.page.getByText('true {"_openid"').waitFor()
    expect(JSON.parse((await phone.result()).slice('true '.length))).toEqual({
      _openid: '{openid}',
      created_at: { $lt: expect.anything() },
      $and: [{ 'nested.a': { $gt: 1 } }, { 'nested.a': { $lte: 3 } }],
    })
  })

  test('returns dates of a function call as strings', async () => {
    await phone.open('strict')
    await phone.tap('调用函数')
    expect(
      await phone.sees('{"shopper":1,"name":"who","data":{"at":"1970-01-01T00:00:00.000Z"}}'),
    ).toBe(true)
  })

  test('fails with a code', async () => {
    await phone.open('strict')
    await phone.tap('调用失败')
    expect(await phone.sees('-501000 cloud.callFunction:fail no such function')).toBe(true)
  })
})

describe('shopper 2', () => {
  test('calls as shopper 2', async () => {
    await phone.open('strict', '?shopper=2')
    await phone.tap('调用函数')
    await phone.page.getByText('"shopper"').waitFor()
    expect(await phone.result()).toContain('"shopper":2')
  })

  test('has its own storage', async () => {
    await phone.open('strict')
    await phone.tap('记住')
    await phone.tap('回忆')
    await phone.see('记得 {"n":1}')
    await phone.open('strict', '?shopper=2')
    await phone.tap('回忆')
    expect(await phone.sees('记得 ""')).toBe(true)
  })

  test('can be opened with one tap', async () => {
    await phone.open('home')
    await phone.page.getByRole('link', { name: '顾客 2' }).click()
    await phone.page.waitForURL(/shopper/)
    expect(phone.page.url()).toContain('?shopper=2')
  })
})
