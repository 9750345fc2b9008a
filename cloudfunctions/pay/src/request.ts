import { orderNotFound, ShopError } from './errors'

/* Reads fields of an event. Fields that an action does not ask for are ignored. */

export const badRequest = (message: string) => new ShopError('BAD_REQUEST', message)

/**
 * Reads the number of an order.
 * @throws ShopError ORDER_NOT_FOUND if it is malformed
 */
export function orderNumber(data: unknown): string {
  const number = field(data, 'out_trade_no')
  if (typeof number !== 'string' || !/^[0-9a-f]{32}$/.test(number)) throw orderNotFound()
  return number
}

/**
 * Reads a text that matches a pattern.
 * @param expected describes the pattern in Chinese, for the error
 * @throws ShopError BAD_REQUEST
 */
export function textField(data: unknown, name: string, pattern: RegExp, expected: string): string {
  const value = field(data, name)
  if (typeof value !== 'string' || !pattern.test(value)) throw badRequest(`${name} 应为${expected}`)
  return value
}

/** Returns an own field of an object; undefined if there is no object or no such field. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
