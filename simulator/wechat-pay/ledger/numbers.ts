import { randomInt } from 'node:crypto'
import { formatTime } from '../beijing-time'

/** Returns `length` decimal digits, different ones with each call. */
export type Digits = (length: number) => string

export const randomDigits: Digits = (length) => Array.from({ length }, () => randomInt(10)).join('')

/** Returns a prepay_id in WeChat's format at the time `now` (ms). */
export function prepayId(now: number, digits: Digits): string {
  return `wx${formatTime(now)}${digits(20)}`
}

/** Returns a transaction_id in WeChat's format: 28 digits, including the day of payment. */
export function transactionId(now: number, digits: Digits): string {
  return `4200000000${formatTime(now).slice(0, 8)}${digits(10)}`
}

/** Returns the out_refund_no of a refund made in the merchant platform. Assumed: the format. */
export function platformRefundNo(now: number, digits: Digits): string {
  return `P${formatTime(now)}${digits(10)}`
}

/** Returns a refund_id in WeChat's format: 28 digits, including the day of the request. */
export function refundId(now: number, digits: Digits): string {
  return `5030000000${formatTime(now).slice(0, 8)}${digits(10)}`
}
