import { explainSignature, sameSignature, sign } from '../../../simulator/wechat-pay/sign'

const KEY = '192006250b4c09247ec02edce69f6a2d'
const FIELDS = {
  appid: 'wxd930ea5d5a258f4f',
  mch_id: '10000100',
  device_info: '1000',
  body: 'test',
  nonce_str: 'ibuaiVcKdpRxkhJA',
}

test("the MD5 signature equals WeChat's published example", () => {
  expect(sign(FIELDS, KEY, 'MD5')).toBe('9A0A8659F005D6984697E2CA0A9CF3B7')
})

test("the HMAC-SHA256 signature equals WeChat's published example", () => {
  expect(sign(FIELDS, KEY, 'HMAC-SHA256')).toBe(
    '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
  )
})

test("the paySign equals WeChat's published example", () => {
  const payment = {
    appId: 'wxd678efh567hg6787',
    nonceStr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
    package: 'prepay_id=wx2017033010242291fcfe0db70013231072',
    signType: 'MD5',
    timeStamp: '1490840662',
  }
  expect(sign(payment, 'qazwsxedcrfvtgbyhnujmikolp111111', 'MD5')).toBe(
    '22D9B4E54AB1950F51E0649E8810ACD6',
  )
})

test('the signature does not cover sign and empty fields', () => {
  expect(sign({ ...FIELDS, sign: 'X', attach: '' }, KEY, 'MD5')).toBe(sign(FIELDS, KEY, 'MD5'))
})

test('names are sorted in ASCII order: capitals first', () => {
  expect(explainSignature({ b: '2', a: '1', C: '3', a_b: '4' })).toMatch(/^C=3&a=1&a_b=4&b=2&/)
})

test('the explanation does not contain the key', () => {
  expect(explainSignature(FIELDS)).not.toContain(KEY)
})

test.each([
  ['AB', 'AB', true],
  ['AB', 'AC', false],
  ['AB', 'ABC', false],
  ['AB', 'ab', false],
])('sameSignature of %s and %s is %s', (a, b, same) => {
  expect(sameSignature(a, b)).toBe(same)
})
