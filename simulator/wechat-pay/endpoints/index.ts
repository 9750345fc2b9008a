import type { EndpointReply } from '../endpoint-reply'
import type { Ledger } from '../ledger'
import type { Fields } from '../xml'
import { closeorder } from './closeorder'
import type { Endpoint } from './endpoint'
import { orderquery } from './orderquery'
import { refund } from './refund'
import { refundquery } from './refundquery'
import { unifiedorder } from './unifiedorder'

/** The endpoints of the gateway (pay.weixin.qq.com, V2 小程序支付 API 列表). */
export const endpoints = {
  unifiedorder,
  orderquery,
  closeorder,
  refund,
  refundquery,
} satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints

/** The parameters of every endpoint. */
const COMMON_PARAMETERS = {
  required: { appid: 32, mch_id: 32, nonce_str: 32, sign: 64 },
  optional: { sign_type: 32 },
}

/** Returns the name of the endpoint at `path`; undefined when there is none. */
export function endpointAt(path: string): EndpointName | undefined {
  return (Object.keys(endpoints) as EndpointName[]).find((name) => endpoints[name].path === path)
}

/**
 * Returns the return_msg for parameters that are missing or too long; undefined when there are
 * none. Assumed: lengths are counted in bytes of UTF-8, the stricter reading of the documentation's
 * "String(128)".
 */
export function checkParameters(name: EndpointName, fields: Fields): string | undefined {
  const endpoint = endpoints[name]
  const required = { ...COMMON_PARAMETERS.required, ...endpoint.required }
  const optional = { ...COMMON_PARAMETERS.optional, ...endpoint.optional }
  const oneOf = endpoint.oneOf ?? {}
  const missing = (parameter: string) => (fields[parameter] ?? '') === ''
  if (Object.keys(required).some(missing)) return '缺少参数'
  if (endpoint.oneOf && Object.keys(oneOf).every(missing)) return '缺少参数'
  const tooLong = Object.entries({ ...required, ...oneOf, ...optional }).find(
    ([parameter, length]) => Buffer.byteLength(fields[parameter] ?? '') > length,
  )
  return tooLong && `${tooLong[0]}参数长度有误`
}

/**
 * Applies the endpoint's rule to a request and changes the ledger accordingly. It does not check
 * the parameters that every endpoint has, or the lengths of the others.
 */
export function handleRequest(ledger: Ledger, name: EndpointName, fields: Fields): EndpointReply {
  return endpoints[name].reply(fields, ledger.context)
}
