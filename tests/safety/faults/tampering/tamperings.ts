import { sign } from '../../../../simulator/wechat-pay/sign'
import { type Fields, formatXml } from '../../../../simulator/wechat-pay/xml'
import { sampleOf } from '../../../support/run/full-run'

/** A reply or notification that was changed after WeChat sent it; `what` names the change. */
export interface Tampered {
  what: string
  xml: string
}

/** Another merchant with its own key. */
export const OTHER = { appid: 'wx5f0c0ffee0000002', mch_id: '1900000109', key: 'f'.repeat(32) }

/** Values that an attacker would choose for a field. */
const FORGED_VALUES: Readonly<Record<string, string>> = {
  return_code: 'FAIL',
  result_code: 'FAIL',
  trade_state: 'REFUND',
  total_fee: '1',
  refund_fee: '1',
  refund_status_0: 'REFUNDCLOSE',
  refund_count: '2',
}

const forge = (name: string, value: string) => {
  const forged = FORGED_VALUES[name]
  return forged === undefined || forged === value ? `${value.slice(0, -1)}0~` : forged
}

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name))

/** Returns the same XML with another element at its beginning. */
const withElement = (fields: Fields, name: string, value: string) =>
  formatXml(fields).replace('<xml>', `<xml><${name}>${value}</${name}>`)

/**
 * Returns every field changed, dropped and doubled, with the genuine signature; in `npm test` each
 * field in one of these ways.
 */
export function eachField(genuine: Fields): Tampered[] {
  return Object.entries(genuine).flatMap(([name, value], index) => {
    const forged = forge(name, value)
    const ways = [
      { what: `${name} changed`, xml: formatXml({ ...genuine, [name]: forged }) },
      { what: `${name} dropped`, xml: formatXml(without(genuine, name)) },
      { what: `${name} doubled`, xml: withElement(genuine, name, value) },
      { what: `${name} doubled with another value`, xml: withElement(genuine, name, forged) },
    ]
    return sampleOf(ways, ways.length, index)
  })
}

/** Returns the message with another key, signature type or merchant. */
function otherSignatures(genuine: Fields, key: string): Tampered[] {
  const signed = (fields: Fields, by: string, type: 'MD5' | 'HMAC-SHA256') =>
    formatXml({ ...fields, sign: sign(fields, by, type) })
  const { appid, mch_id } = OTHER
  const foreign = { ...genuine, appid, mch_id }
  const lowerCase = { ...genuine, sign: genuine.sign!.toLowerCase() }
  return [
    { what: 'signed with another key', xml: signed(genuine, OTHER.key, 'HMAC-SHA256') },
    { what: 'signed by MD5', xml: signed(genuine, key, 'MD5') },
    { what: 'signed in lower case', xml: formatXml(lowerCase) },
    { what: 'another merchant’s', xml: signed(foreign, OTHER.key, 'HMAC-SHA256') },
    { what: 'another merchant’s, with our key', xml: signed(foreign, key, 'HMAC-SHA256') },
  ]
}

/** Returns replies with FAIL, which need no signature, that carry the other fields as well. */
export function failWithForgedFields(genuine: Fields, key: string): Tampered[] {
  const fields = { ...genuine, return_code: 'FAIL', return_msg: '签名错误' }
  const signed = { ...fields, sign: sign(fields, key, 'HMAC-SHA256') }
  return [
    { what: 'FAIL, unsigned', xml: formatXml(without(fields, 'sign')) },
    { what: 'FAIL, with the old signature', xml: formatXml(fields) },
    { what: 'FAIL, signed', xml: formatXml(signed) },
  ]
}

/** Returns every tampering that is possible without the merchant's key, and a few that need it. */
export function tamperingsOf(genuine: Fields, key: string): Tampered[] {
  return [...eachField(genuine), ...otherSignatures(genuine, key)].filter(
    // It is a FAIL, which `failWithForgedFields` covers.
    ({ what }) => what !== 'return_code changed',
  )
}
