import { explainSignature, sameSignature, sign } from '../../../simulator/wechat-pay/sign'

const key = '192006250b4c09247ec02edce69f6a2d'
const fields = {
  appid: 'wxd930ea5d5a258f4f',
  mch_id: '10000100',
  device_info: '1000',
  body: 'test',
  nonce_str: 'ibuaiVcKdpRxkhJA',
}

test("WeChat's published MD5 signature comes out", () => {
  expect(sign(fields, key, 'MD5')).toBe('9A0A8659F005D6984697E2CA0A9CF3B7')
})

test("WeChat's published HMAC-SHA256 signature comes out", () => {
  expect(sign(fields, key, 'HMAC-SHA256')).toBe(
    '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
  )
})

test("WeChat's published paySign comes out", () => {
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

test('sign itself and empty fields are not signed', () => {
  expect(sign({ ...fields, sign: 'X', attach: '' }, key, 'MD5')).toBe(sign(fields, key, 'MD5'))
})

test('names are sorted by their ASCII codes: capitals come first', () => {
  expect(explainSignature({ b: '2', a: '1', C: '3', a_b: '4' })).toMatch(/^C=3&a=1&a_b=4&b=2&/)
})

test('the explanation never holds the key', () => {
  expect(explainSignature(fields)).not.toContain(key)
})

test.each([
  ['AB', 'AB', true],
  ['AB', 'AC', false],
  ['AB', 'ABC', false],
  ['AB', 'ab', false],
])('comparing %s with %s says %s', (a, b, same) => {
  expect(sameSignature(a, b)).toBe(same)
})
