import { caller, isPlatform } from '../../pay/src/adapters/cloud'
import { log, shopPorts } from '../../pay/src/adapters/setup'
import { withTimeout } from '../../pay/src/adapters/with-timeout'
import { reasonOf } from '../../pay/src/errors'
import { takeNotification } from './notification'

/** WeChat waits 5 s for an answer. */
const TIME_LIMIT = 4000
const LARGEST_BODY = 64 * 1024

/** How CloudBase's HTTP access answers a request. */
interface HttpReply {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/**
 * What WeChat Pay posts its notifications to, by HTTP access. All refusals look alike: WeChat sends
 * again, and a stranger learns nothing.
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
      const taken = await withTimeout(TIME_LIMIT, takeNotification(shopPorts(), body))
      if (taken) outcome = 'ok'
    }
  } catch (error) {
    why = reasonOf(error)
  }
  log({ action: 'notify', outcome, why, ms: Date.now() - started })
  return answer(outcome === 'ok')
}

/** The body of a POST of at most 64 KB; undefined for every other event. */
function bodyOf(event: unknown): string | undefined {
  const { httpMethod, body, isBase64Encoded } = Object(event) as Record<string, unknown>
  if (httpMethod !== 'POST' || typeof body !== 'string') return undefined
  if (body.length > LARGEST_BODY * 2) return undefined
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8')
  return bytes.length <= LARGEST_BODY ? bytes.toString('utf8') : undefined
}

function answer(taken: boolean): HttpReply {
  const [code, message] = taken ? ['SUCCESS', 'OK'] : ['FAIL', 'FAIL']
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<xml><return_code><![CDATA[${code}]]></return_code><return_msg><![CDATA[${message}]]></return_msg></xml>`,
  }
}
