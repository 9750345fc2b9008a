import path from 'node:path'
import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
  const picture = path.join(__dirname, '../simulator/phone/sample/images/dot.svg')
  phone.services.stored.set('cloud://env.bucket/dot.svg', picture)
})

afterAll(() => sample.close())

const OFFLINE = 'request:fail net::ERR_INTERNET_DISCONNECTED'

describe('a phone without a network', () => {
  test('fails a cloud call as wx.cloud does', async () => {
    await phone.open('display', '?network=offline')
    await phone.tap('问云函数')
    expect(await phone.sees(`-1 ${OFFLINE}`)).toBe(true)
  })

  test('fails a payment before the sheet', async () => {
    await phone.open('strict', '?network=offline')
    await phone.tap('付款')
    expect(await phone.sees(`requestPayment:fail ${OFFLINE}`)).toBe(true)
  })

  test('has network type none', async () => {
    await phone.open('display', '?network=offline')
    await phone.tap('网络类型')
    expect(await phone.sees('none')).toBe(true)
  })

  test('fails to load a stored picture', async () => {
    await phone.open('pictures', '?network=offline')
    await phone.tap('显示云图片')
    expect(await phone.sees('GET cloud://env.bucket/dot.svg failed')).toBe(true)
  })

  test('works again when the network is back', async () => {
    await phone.open('display', '?network=offline')
    await phone.tap('正常')
    await phone.tap('问云函数')
    expect(await phone.sees('0 秒')).toBe(true)
  })
})

describe('a slow network', () => {
  test('delays a cloud call by four seconds', async () => {
    await phone.open('display', '?network=slow')
    await phone.tap('问云函数')
    expect(await phone.sees('4 秒')).toBe(true)
  })

  test('delays a stored picture', async () => {
    await phone.open('pictures', '?network=slow')
    const started = Date.now()
    await phone.tap('显示云图片')
    await phone.see('stored 60×40')
    expect(Date.now() - started).toBeGreaterThanOrEqual(4000)
  })

  test('fails a pending call when the phone goes offline', async () => {
    await phone.open('display', '?network=slow')
    await phone.tap('问云函数')
    await phone.tap('断网')
    expect(await phone.sees(`-1 ${OFFLINE}`)).toBe(true)
  })
})

describe('wx.onNetworkStatusChange', () => {
  beforeEach(async () => {
    await phone.open('display')
    await phone.tap('听着')
    await phone.tap('断网')
    await phone.see('{"isConnected":false,"networkType":"none"}')
  })

  test('notifies a listener when the network is back', async () => {
    await phone.tap('慢')
    expect(
      await phone.sees(
        '{"isConnected":false,"networkType":"none"},{"isConnected":true,"networkType":"wifi"}',
      ),
    ).toBe(true)
  })

  test('does not notify a removed listener', async () => {
    await phone.tap('不听了')
    await phone.tap('正常')
    expect(await phone.sees('{"isConnected":false,"networkType":"none"}')).toBe(true)
  })
})
