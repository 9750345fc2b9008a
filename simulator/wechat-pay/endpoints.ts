import type { Fields } from './xml'

/** The parameters of one service: names with their greatest length in bytes. */
interface Endpoint {
  path: string
  /** Only a caller with the merchant's client certificate may use it. */
  certificate: boolean
  required: Readonly<Record<string, number>>
  /** At least one of these must be given. */
  oneOf?: readonly string[]
  optional: Readonly<Record<string, number>>
}

const everywhere = { appid: 32, mch_id: 32, nonce_str: 32, sign: 64 }
const either = ['transaction_id', 'out_trade_no']
const eitherLengths = { transaction_id: 32, out_trade_no: 32 }

/** The services of the gateway (pay.weixin.qq.com, V2 小程序支付 API 列表). */
export const endpoints = {
  unifiedorder: {
    path: '/pay/unifiedorder',
    certificate: false,
    required: {
      ...everywhere,
      body: 128,
      out_trade_no: 32,
      total_fee: 11,
      spbill_create_ip: 64,
      notify_url: 256,
      trade_type: 16,
    },
    optional: {
      sign_type: 32,
      device_info: 32,
      detail: 6000,
      attach: 127,
      fee_type: 16,
      time_start: 14,
      time_expire: 14,
      goods_tag: 32,
      product_id: 32,
      limit_pay: 32,
      openid: 128,
      receipt: 8,
      scene_info: 256,
    },
  },
  orderquery: {
    path: '/pay/orderquery',
    certificate: false,
    required: everywhere,
    oneOf: either,
    optional: { sign_type: 32, ...eitherLengths },
  },
  closeorder: {
    path: '/pay/closeorder',
    certificate: false,
    required: { ...everywhere, out_trade_no: 32 },
    optional: { sign_type: 32 },
  },
  refund: {
    path: '/secapi/pay/refund',
    certificate: true,
    required: { ...everywhere, out_refund_no: 64, total_fee: 11, refund_fee: 11 },
    oneOf: either,
    optional: {
      sign_type: 32,
      ...eitherLengths,
      refund_fee_type: 8,
      refund_desc: 80,
      refund_account: 30,
      notify_url: 256,
    },
  },
  refundquery: {
    path: '/pay/refundquery',
    certificate: false,
    required: everywhere,
    oneOf: ['refund_id', 'out_refund_no', ...either],
    optional: { sign_type: 32, ...eitherLengths, out_refund_no: 64, refund_id: 32, offset: 11 },
  },
} satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints

/** The service that answers at `path`, if any. */
export function endpointAt(path: string): EndpointName | undefined {
  return (Object.keys(endpoints) as EndpointName[]).find((name) => endpoints[name].path === path)
}

/**
 * The return_msg for parameters that are missing or too long; undefined when none is. Lengths are
 * counted in bytes of UTF-8 (assumed: the stricter reading of the documentation's "String(128)").
 */
export function checkParameters(name: EndpointName, fields: Fields): string | undefined {
  const { required, optional, oneOf }: Endpoint = endpoints[name]
  const missing = (parameter: string) => (fields[parameter] ?? '') === ''
  if (Object.keys(required).some(missing) || oneOf?.every(missing)) return '缺少参数'
  const tooLong = Object.entries({ ...required, ...optional }).find(
    ([parameter, length]) => Buffer.byteLength(fields[parameter] ?? '') > length,
  )
  return tooLong && `${tooLong[0]}参数长度有误`
}
