/** Loaded by path: its types need the mini program's globals, which conflict with those of Node. */
const { failureOf, PayError } = jest.requireActual<{
  failureOf(error: unknown): { message: string; code: string; offline: boolean }
  PayError: new (error: string, message: string, err_code?: string) => Error
}>('../../../miniprogram/services/errors')

const refused = (err_code: string, words: string) =>
  failureOf(new PayError('WECHAT_PAY_REFUSED', words, err_code))

test('a known refusal is shown in words for shoppers, with WeChat’s code below', () => {
  expect(refused('NOTENOUGH', '基本账户余额不足，请充值后重新发起')).toEqual({
    message: '商家账户余额不足，请联系商家',
    code: 'NOTENOUGH',
    offline: false,
  })
})

test('an unknown refusal refers to the merchant, with WeChat’s code and message below', () => {
  expect(refused('FAIL', '签名错误')).toEqual({
    message: '微信没有受理，请联系商家',
    code: 'FAIL 签名错误',
    offline: false,
  })
})

test('a refusal by the shop is shown with its own message', () => {
  const error = new PayError('REFUND_PERIOD_OVER', '已超过自助退款期限，请联系商家')
  expect(failureOf(error).message).toBe('已超过自助退款期限，请联系商家')
})
