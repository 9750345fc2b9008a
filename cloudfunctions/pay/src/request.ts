import type { PayAction, PayRequests } from '../../../typings/contract'
import { orderNotFound, ShopError } from './errors'

/** A request that was checked at the door: every field has its type and form, unknown ones are gone. */
export type PayRequest = { [A in PayAction]: { type: A; data: PayRequests[A] } }[PayAction]

const badRequest = (message: string) => new ShopError('BAD_REQUEST', message)

/**
 * Reads the event of a call. A phone's event carries fields that nobody asked for (`userInfo`);
 * none is read.
 * @throws ShopError BAD_REQUEST; ORDER_NOT_FOUND for an order number that cannot be one
 */
export function readRequest(event: unknown): PayRequest {
  const type = field(event, 'type')
  const data = field(event, 'data')
  switch (type) {
    case 'unifiedorder':
      return {
        type,
        data: {
          goods_id: text(data, 'goods_id', /^[\w-]{1,64}$/, '1 到 64 个字母、数字、_ 或 -'),
          key: text(data, 'key', /^[0-9a-f]{32}$/, '32 个小写十六进制字符'),
        },
      }
    case 'orderquery':
    case 'payorder':
    case 'closeorder':
    case 'refund':
    case 'deleteorder':
      return { type, data: { out_trade_no: orderNumber(data) } }
    case 'queryrefund': {
      const out_trade_no = orderNumber(data)
      const out_refund_no = field(data, 'out_refund_no')
      if (out_refund_no === undefined) return { type, data: { out_trade_no } }
      if (typeof out_refund_no !== 'string' || !/^[0-9a-f]{32}-\d{1,4}$/.test(out_refund_no)) {
        throw orderNotFound()
      }
      return { type, data: { out_trade_no, out_refund_no } }
    }
    default:
      throw badRequest(
        'type 应为 unifiedorder、orderquery、payorder、closeorder、refund、queryrefund 或 deleteorder',
      )
  }
}

function orderNumber(data: unknown): string {
  const number = field(data, 'out_trade_no')
  if (typeof number !== 'string' || !/^[0-9a-f]{32}$/.test(number)) throw orderNotFound()
  return number
}

function text(data: unknown, name: string, form: RegExp, expected: string): string {
  const value = field(data, name)
  if (typeof value !== 'string' || !form.test(value)) throw badRequest(`${name} 应为${expected}`)
  return value
}

/** An own field of an object; undefined where there is no object or no such field. */
function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
