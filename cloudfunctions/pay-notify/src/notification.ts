import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import type { Order } from '../../../typings/contract'
import { readXml } from '../../pay/src/adapters/xml'
import { settleAnswer } from '../../pay/src/finish'
import { wellFormed } from '../../pay/src/order'
import type { Fields, Ports, SignType } from '../../pay/src/ports'
import { queryPayment, queryRefunds } from '../../pay/src/query'
import { settleRefunds } from '../../pay/src/settle'

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

async function takePayment(ports: Ports, { sign }: Secrets, fields: Fields): Promise<boolean> {
  // Whatever can be checked without the order comes first: a forged notification costs no reading.
  const sign_type = SIGN_TYPES.find((type) => isSigned(fields, sign(fields, type)))
  if (sign_type === undefined) return false
  const order = await orderOf(ports, fields)
  if (order?.sign_type !== sign_type) return false
  const fact = await queryPayment(ports, order)
  const { order: settled } = await settleAnswer(ports, order, fact)
  // A payment of another amount is written down; sending it again would change nothing.
  return fact.kind === 'otherAmount' || (fact.kind === 'paid' && isPaid(settled))
}

async function takeRefund(ports: Ports, { key }: Secrets, req_info: string): Promise<boolean> {
  const fields = decrypt(req_info, key)
  if (!fields) return false
  const found = await orderOf(ports, fields)
  if (!found) return false
  const order = isPaid(found)
    ? found
    : (await settleAnswer(ports, found, await queryPayment(ports, found))).order
  if (!isPaid(order)) return false
  // ECB proves nothing about who wrote it, so only the query counts. It asks for all refunds: the
  // one that settled may be an earlier attempt, or have been made in the merchant platform.
  const fact = await queryRefunds(ports, order)
  if (fact.kind !== 'refunds') return false
  const named = fact.refunds.find((refund) => refund.out_refund_no === fields['out_refund_no'])
  if (!named || named.state === 'PROCESSING') return false
  await settleRefunds(ports, order, fact)
  return true
}

const isPaid = ({ status }: Order) => status !== 0 && status !== 2

async function orderOf(ports: Ports, fields: Fields): Promise<Order | undefined> {
  const out_trade_no = fields['out_trade_no'] ?? ''
  if (!/^[0-9a-f]{32}$/.test(out_trade_no)) return undefined
  const order = await ports.orders.get(out_trade_no)
  return order && wellFormed(order)
}

const SIGN_TYPES: readonly SignType[] = ['MD5', 'HMAC-SHA256']

/** Whether the notification carries this signature, which is over every other element of it. */
function isSigned(fields: Fields, signature: string): boolean {
  const given = Buffer.from(fields['sign'] ?? '')
  const expected = Buffer.from(signature)
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
