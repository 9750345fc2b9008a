import { createCipheriv, createHash } from 'node:crypto'
import { formatXml } from '../../../simulator/wechat-pay/xml'

/** A refund notification with any `content` at all, encrypted as WeChat does (AES-256-ECB). */
export function encrypted(
  content: string,
  { appid, mch_id, key }: { appid: string; mch_id: string; key: string },
): string {
  const secret = createHash('md5').update(key).digest('hex')
  const cipher = createCipheriv('aes-256-ecb', secret, null)
  const req_info = cipher.update(content, 'utf8', 'base64') + cipher.final('base64')
  return formatXml({ return_code: 'SUCCESS', appid, mch_id, nonce_str: 'nonce', req_info })
}
