import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { Fields, Notification, SignType } from '../ports'
import { readXml } from './xml'

/** What is needed to verify a notification. */
export interface NotificationKeys {
  appid: string
  mch_id: string
  /** the merchant's API key */
  key: string
  sign(fields: Fields, sign_type: SignType): string
}

const SIGN_TYPES: readonly SignType[] = ['MD5', 'HMAC-SHA256']

/**
 * Reads a notification. Returns undefined unless its signature is valid (a payment) or its req_info
 * can be decrypted (a refund). Source: pay.weixin.qq.com, V2 支付结果通知, 退款结果通知.
 */
export function readNotification(keys: NotificationKeys, body: string): Notification | undefined {
  const fields = readXml(body)
  if (fields?.['return_code'] !== 'SUCCESS') return undefined
  if (fields['appid'] !== keys.appid || fields['mch_id'] !== keys.mch_id) return undefined
  const req_info = fields['req_info']
  if (req_info !== undefined) return readRefund(decrypt(req_info, keys.key))
  const out_trade_no = orderNumberIn(fields)
  const sign_type = SIGN_TYPES.find((type) => isSigned(fields, keys.sign(fields, type)))
  if (out_trade_no === undefined || sign_type === undefined) return undefined
  return { kind: 'payment', out_trade_no, sign_type }
}

function readRefund(fields: Fields | undefined): Notification | undefined {
  const out_trade_no = fields && orderNumberIn(fields)
  if (out_trade_no === undefined) return undefined
  return { kind: 'refund', out_trade_no, out_refund_no: fields?.['out_refund_no'] }
}

function orderNumberIn(fields: Fields): string | undefined {
  const number = fields['out_trade_no']
  return number !== undefined && /^[0-9a-f]{32}$/.test(number) ? number : undefined
}

/** Returns whether the notification has this signature, in constant time. */
function isSigned(fields: Fields, signature: string): boolean {
  const given = Buffer.from(fields['sign'] ?? '')
  const expected = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Decrypts req_info: base64 of AES-256-ECB with PKCS7; the secret is the hex MD5 of the API key. */
function decrypt(req_info: string, key: string): Fields | undefined {
  try {
    const secret = createHash('md5').update(key).digest('hex')
    const decipher = createDecipheriv('aes-256-ecb', secret, null)
    const plain = Buffer.concat([decipher.update(req_info, 'base64'), decipher.final()])
    return readXml(plain.toString('utf8'))
  } catch {
    return undefined
  }
}
