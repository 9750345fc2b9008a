import { explainSignature, sameSignature, sign, SIGN_TYPES, type SignType } from './sign'
import type { Fields } from './xml'

/** The parameters of wx.requestPayment that the signature covers, and the signature. */
export interface SignedPayment {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: SignType
  paySign: string
}

interface Mistake {
  what: string
  signed: Fields
}

/**
 * Returns an explanation, for the developer, of a wrong paySign; undefined when it is right. It
 * names a common mistake and shows what should have been signed (developers.weixin.qq.com,
 * wx.requestPayment: appId, timeStamp, nonceStr, package, signType).
 */
export function paySignProblem(payment: SignedPayment, key: string): string | undefined {
  const { paySign, signType, ...rest } = payment
  const expected = { ...rest, signType }
  if (sameSignature(paySign, sign(expected, key, signType))) return undefined

  const wanted = `expected ${signType} of ${explainSignature(expected)}`
  for (const { what, signed } of commonMistakes(expected)) {
    for (const type of SIGN_TYPES) {
      const signature = sign(signed, key, type)
      if (paySign.toUpperCase() !== signature) continue
      const causes = [
        what,
        type === signType ? '' : `it is made with ${type}, but signType says ${signType}`,
        paySign === signature ? '' : 'it is not in upper case',
      ].filter((cause) => cause !== '')
      const got = `got ${type} of ${explainSignature(signed)}`
      return `paySign is wrong: ${causes.join('; ')}\n${wanted}\n${got}`
    }
  }
  const guess = 'it was made with a different key, appId or value'
  return `paySign is wrong: ${guess}\n${wanted}`
}

function commonMistakes(expected: Omit<SignedPayment, 'paySign'> & Fields): Mistake[] {
  const { appId, timeStamp, signType, ...rest } = expected
  const bare = expected.package.replace(/^prepay_id=/, '')
  return [
    { what: '', signed: expected },
    { what: 'appId was left out of it', signed: { ...rest, timeStamp, signType } },
    {
      what: 'it names appid instead of appId',
      signed: { ...rest, timeStamp, signType, appid: appId },
    },
    { what: 'signType was left out of it', signed: { ...rest, appId, timeStamp } },
    {
      what: 'it names timestamp instead of timeStamp',
      signed: { ...rest, appId, signType, timestamp: timeStamp },
    },
    { what: 'the package in it lacks prepay_id=', signed: { ...expected, package: bare } },
  ]
}
