import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { Order } from '../../../typings/contract'
import { readXml } from '../../pay/src/adapters/xml'
import { askPayment } from '../../pay/src/look'
import type { Fields, Ports, SignType } from '../../pay/src/ports'
import { askRefunds } from '../../pay/src/refunding'
import { settlePayment, settleRefunds } from '../../pay/src/settle'

/** How a notification's signature is made; the port that knows the key makes it. */
export interface Secrets {
  sign: (fields: Fields, sign_type: SignType) => string
  /** the merchant's API key */
  key: string
}

/**
 * Takes in what WeChat Pay posts: a payment, or a refund that settled. Neither is believed: each is
 * a reason to ask.
 * @returns whether all is done that it gave reason to; else WeChat sends it again
 */
export async function takeNotification(
  ports: Ports,
  secrets: Secrets,
  body: string,
): Promise<boolean> {
  const fields = readXml(body)
  const { terms } = ports
  if (fields?.['return_code'] !== 'SUCCESS') return false
  if (fields['appid'] !== terms.appid || fields['mch_id'] !== terms.mch_id) return false
  return fields['req_info'] === undefined
    ? takePayment(ports, secrets, fields)
    : takeRefund(ports, secrets, fields['req_info'])
}

async function takePayment(ports: Ports, secrets: Secrets, fields: Fields): Promise<boolean> {
  const order = await orderOf(ports, fields)
  if (!order || !isSigned(fields, secrets, order.sign_type)) return false
  const fact = await askPayment(ports, order)
  const settled = await settlePayment(ports, order, fact)
  // A payment of another amount is written down; sending it again would change nothing.
  return fact.kind === 'otherAmount' || (fact.kind === 'paid' && settled.status !== 0)
}

async function takeRefund(ports: Ports, { key }: Secrets, req_info: string): Promise<boolean> {
  const fields = decrypt(req_info, key)
  if (!fields) return false
  const order = await orderOf(ports, fields)
  if (!order) return false
  // ECB proves nothing about who wrote it, so only the query counts. It asks for all refunds: the
  // one that settled may be an earlier attempt, or have been made in the merchant platform.
  const fact = await askRefunds(ports, order)
  if (fact.kind !== 'refunds') return false
  const named = fact.refunds.find((refund) => refund.out_refund_no === fields['out_refund_no'])
  if (!named || named.state === 'PROCESSING') return false
  await settleRefunds(ports, order, fact)
  return true
}

async function orderOf(ports: Ports, fields: Fields): Promise<Order | undefined> {
  const out_trade_no = fields['out_trade_no'] ?? ''
  return /^[0-9a-f]{32}$/.test(out_trade_no) ? ports.orders.get(out_trade_no) : undefined
}

/** Over every element that came, with the algorithm that the order was made with. */
function isSigned(fields: Fields, { sign }: Secrets, sign_type: SignType): boolean {
  const given = Buffer.from(fields['sign'] ?? '')
  const expected = Buffer.from(sign(fields, sign_type))
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** req_info: base64 of AES-256-ECB with PKCS7, the key being the hex MD5 of the API key. */
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
