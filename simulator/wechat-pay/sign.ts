import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Fields } from './xml'

export const SIGN_TYPES = ['MD5', 'HMAC-SHA256'] as const
export type SignType = (typeof SIGN_TYPES)[number]

export function isSignType(name: unknown): name is SignType {
  return SIGN_TYPES.some((type) => type === name)
}

/**
 * Returns the text that a signature covers, without the key: every non-empty field except `sign`,
 * sorted by name in ASCII order (pay.weixin.qq.com, V2 安全规范).
 */
export function stringToSign(fields: Fields): string {
  return Object.entries(fields)
    .filter(([name, text]) => name !== 'sign' && text !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${name}=${text}`)
    .join('&')
}

/** Returns the signed text with the key masked, for messages. */
export function explainSignature(fields: Fields): string {
  return `${stringToSign(fields)}&key=******`
}

/** Signs `fields` with the merchant's `key`, in upper-case hex. */
export function sign(fields: Fields, key: string, type: SignType): string {
  const text = `${stringToSign(fields)}&key=${key}`
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key)
  return hash.update(text, 'utf8').digest('hex').toUpperCase()
}

/** Compares two signatures in constant time. */
export function sameSignature(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
