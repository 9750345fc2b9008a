import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Account } from '../../../../simulator/wechat-pay/protocol'
import { formatXml, parseXml } from '../../../../simulator/wechat-pay/xml'

/* AES-256-ECB, keyed with the hex MD5 of the merchant's key (pay.weixin.qq.com, V2 退款结果通知). */
const secretOf = (key: string) => createHash('md5').update(key).digest('hex')

/** Returns a refund notification with the content, encrypted as WeChat does. */
export function encrypted(content: string, { appid, mch_id, key }: Account): string {
  const cipher = createCipheriv('aes-256-ecb', secretOf(key), null)
  const req_info = cipher.update(content, 'utf8', 'base64') + cipher.final('base64')
  return formatXml({ return_code: 'SUCCESS', appid, mch_id, nonce_str: 'nonce', req_info })
}

/** Returns the decrypted content (XML) of a refund notification. */
export function decrypted(notification: string, { key }: Account): string {
  const { req_info = '' } = parseXml(notification)
  const decipher = createDecipheriv('aes-256-ecb', secretOf(key), null)
  return decipher.update(req_info, 'base64', 'utf8') + decipher.final('utf8')
}
