import { caller, isPlatform } from '../../pay/src/adapters/cloud'
import { log, shopPorts } from '../../pay/src/adapters/setup'
import { withTimeout } from '../../pay/src/adapters/with-timeout'
import { reasonOf } from '../../pay/src/errors'
import { handleNotification } from './notification'

/** How long (ms) a notification is processed. WeChat waits 5 s for the reply. */
const TIME_LIMIT = 4000
const MAX_REQUEST_BYTES = 64 * 1024

/** How CloudBase's HTTP access replies to a request. */
interface HttpReply {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/**
 * Receives WeChat Pay's notifications, over HTTP access. It acknowledges a notification, or refuses it
 * with a reply that gives no reason: WeChat then sends it again, and a forger gets no information.
 * @param event `{httpMethod, body, isBase64Encoded}` of CloudBase's HTTP access
 */
export async function main(event: unknown): Promise<HttpReply> {
  const who = caller()
  const started = Date.now()
  let outcome = 'refused'
  let why: string | undefined
  try {
    const body = bodyOf(event)
    if (isPlatform(who) && body !== undefined) {
      const acknowledged = await withTimeout(TIME_LIMIT, handleNotification(shopPorts(), body))
      if (acknowledged) outcome = 'ok'
    }
  } catch (error) {
    why = reasonOf(error)
  }
  log({ action: 'notify', outcome, why, ms: Date.now() - started })
  return reply(outcome === 'ok')
}

/** Returns the body of a POST of at most 64 KB; undefined for any other event. */
function bodyOf(event: unknown): string | undefined {
  const { httpMethod, body, isBase64Encoded } = Object(event) as Record<string, unknown>
  if (httpMethod !== 'POST' || typeof body !== 'string') return undefined
  if (body.length > MAX_REQUEST_BYTES * 2) return undefined
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8')
  return bytes.length <= MAX_REQUEST_BYTES ? bytes.toString('utf8') : undefined
}

function reply(acknowledged: boolean): HttpReply {
  const [code, message] = acknowledged ? ['SUCCESS', 'OK'] : ['FAIL', 'FAIL']
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<xml><return_code><![CDATA[${code}]]></return_code><return_msg><![CDATA[${message}]]></return_msg></xml>`,
  }
}
