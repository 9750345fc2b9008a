import { orderNotFound, ShopError } from './errors'

/* Reads fields of an event. A phone's event carries fields that nobody asked for: none is read. */

export const badRequest = (message: string) => new ShopError('BAD_REQUEST', message)

/**
 * Reads the number of an order.
 * @throws ShopError ORDER_NOT_FOUND for a value that cannot be one
 */
export function orderNumber(data: unknown): string {
  const number = field(data, 'out_trade_no')
  if (typeof number !== 'string' || !/^[0-9a-f]{32}$/.test(number)) throw orderNotFound()
  return number
}

/**
 * Reads a text of the given form.
 * @param expected what it must be, in Chinese
 * @throws ShopError BAD_REQUEST
 */
export function text(data: unknown, name: string, form: RegExp, expected: string): string {
  const value = field(data, name)
  if (typeof value !== 'string' || !form.test(value)) throw badRequest(`${name} 应为${expected}`)
  return value
}

/** Returns an own field of an object; undefined where there is no object or no such field. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
