import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Fields } from './xml'

export const signTypes = ['MD5', 'HMAC-SHA256'] as const
export type SignType = (typeof signTypes)[number]

export function isSignType(name: unknown): name is SignType {
  return signTypes.some((type) => type === name)
}

/**
 * What a signature covers, without the key: every non-empty field but `sign`, in the order of their
 * names' ASCII codes (pay.weixin.qq.com, V2 安全规范).
 */
export function stringToSign(fields: Fields): string {
  return Object.entries(fields)
    .filter(([name, text]) => name !== 'sign' && text !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${name}=${text}`)
    .join('&')
}

/** The signed string as a person may see it: the key is masked. */
export function explainSignature(fields: Fields): string {
  return `${stringToSign(fields)}&key=******`
}

/** The signature of `fields` with the merchant's `key`, in upper-case hex. */
export function sign(fields: Fields, key: string, type: SignType): string {
  const text = `${stringToSign(fields)}&key=${key}`
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key)
  return hash.update(text, 'utf8').digest('hex').toUpperCase()
}

/** Compares two signatures in a time that does not tell where they differ. */
export function sameSignature(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
