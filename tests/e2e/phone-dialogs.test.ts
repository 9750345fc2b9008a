import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

describe('toast and dialogs', () => {
  beforeEach(() => phone.open('strict'))
  const toast = () => phone.page.getByRole('status')

  test('a loading indicator replaces a toast', async () => {
    await phone.tap('提示')
    await phone.see('已保存')
    await phone.tap('加载')
    expect(await toast().innerText()).toBe('正在加载')
  })

  test('hiding the loading indicator also hides a toast', async () => {
    await phone.tap('提示')
    await phone.see('已保存')
    await phone.tap('收起加载')
    expect(await toast().isVisible()).toBe(false)
  })

  test.each([
    ['退款', '退'],
    ['取消', '不退'],
  ])('a modal answered with %s', async (button, reply) => {
    await phone.tap('询问')
    await phone.page.getByRole('dialog', { name: '要退款吗' }).waitFor()
    await phone.tap(button)
    expect(await phone.result()).toBe(reply)
  })

  test('Escape cancels a modal', async () => {
    await phone.tap('询问')
    await phone.page.keyboard.press('Escape')
    expect(await phone.result()).toBe('不退')
  })
})

describe('subscribe messages', () => {
  beforeEach(() => phone.open('strict'))

  test('requested by a tap can be accepted', async () => {
    await phone.tap('订阅')
    await phone.see('付款成功通知')
    await phone.tap('允许')
    await phone.see('accept')
    expect(phone.services.asked).toContain('shopper 1 accepted paid')
  })

  test('requested by a tap can be rejected', async () => {
    await phone.tap('订阅')
    await phone.tap('取消')
    expect(await phone.sees('reject')).toBe(true)
  })

  test.each(['等一下再订阅', '定时订阅'])(
    'cannot be requested without a tap: %s',
    async (button) => {
      await phone.tap(button)
      expect(
        await phone.sees('requestSubscribeMessage:fail can only be invoked by user TAP gesture.'),
      ).toBe(true)
    },
  )

  test('of an unknown template fail with WeChat’s code', async () => {
    await phone.tap('订阅没有的模板')
    expect(await phone.sees('20001')).toBe(true)
  })
})

describe('a payment', () => {
  beforeEach(() => phone.open('strict'))

  test('is confirmed in the sheet', async () => {
    await phone.tap('付款')
    await phone.page.getByRole('dialog', { name: '确认付款' }).getByText('¥0.01').waitFor()
    await phone.tap('确认支付')
    await phone.see('requestPayment:ok')
    expect(phone.services.asked).toContain('shopper 1 paid')
  })

  test('is cancelled in the sheet', async () => {
    await phone.tap('付款')
    await phone.tap('取消')
    expect(await phone.sees('requestPayment:fail cancel')).toBe(true)
  })

  test('that WeChat refuses shows the actual cause', async () => {
    await phone.tap('签名错的付款')
    await phone.page.getByRole('alertdialog').getByText('paySign is not what was signed').waitFor()
    await phone.tap('知道了')
    expect(await phone.sees('requestPayment:fail 支付验证签名失败')).toBe(true)
  })

  test('requires string parameters', async () => {
    await phone.tap('没有签名的付款')
    expect(await phone.result()).toBe(
      'requestPayment:fail parameter error: parameter.paySign should be String instead of Undefined;',
    )
  })
})
