import { randomInt } from 'node:crypto'
import { formatTime } from '../beijing-time'

/** Gives so many decimal digits; no two answers of the same length may be equal. */
export type Digits = (length: number) => string

export const randomDigits: Digits = (length) => Array.from({ length }, () => randomInt(10)).join('')

/** WeChat's numbers, shaped like real ones. `now` is in ms. */
export function prepayId(now: number, digits: Digits): string {
  return `wx${formatTime(now)}${digits(20)}`
}

/** 28 digits, the day of payment among them */
export function transactionId(now: number, digits: Digits): string {
  return `4200000000${formatTime(now).slice(0, 8)}${digits(10)}`
}

/** The out_refund_no of a refund made in the merchant platform (its shape is assumed). */
export function platformRefundNo(now: number, digits: Digits): string {
  return `P${formatTime(now)}${digits(10)}`
}

/** 28 digits, the day of the request among them */
export function refundId(now: number, digits: Digits): string {
  return `5030000000${formatTime(now).slice(0, 8)}${digits(10)}`
}
