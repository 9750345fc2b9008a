import { request } from 'node:http'
import { readBody } from '../../kit/http'
import { parseXml, XmlError } from '../xml'

export interface MerchantReply {
  status: number
  body: string
}

/**
 * Posts the XML `body` to `url`.
 * @throws Error when no reply arrives before `signal` aborts
 */
export type Transport = (url: string, body: string, signal: AbortSignal) => Promise<MerchantReply>

const REPLY_LIMIT = 64 * 1024

/**
 * Returns a transport that posts to this machine: `portOf` returns the port on 127.0.0.1 for a
 * public host name. It uses plain HTTP, even for https addresses.
 */
export function localTransport(portOf: (host: string) => number | undefined): Transport {
  return (url, body, signal) =>
    new Promise((resolve, reject) => {
      const { host, pathname } = new URL(url)
      const port = portOf(host)
      if (port === undefined) throw new Error(`there is no host ${host}`)
      const headers = {
        host,
        'content-type': 'text/xml; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      }
      const options = { port, path: pathname, method: 'POST', headers, agent: false, signal }
      const sent = request({ host: '127.0.0.1', ...options }, (response) => {
        readBody(response, REPLY_LIMIT)
          .then((read) => resolve({ status: response.statusCode ?? 0, body: read.toString() }))
          .catch(reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
}

/** Returns the reason why a reply does not acknowledge a notification; undefined when it does. */
export function acknowledgementProblem({ status, body }: MerchantReply): string | undefined {
  if (status !== 200) return `HTTP ${status}`
  try {
    return parseXml(body).return_code === 'SUCCESS' ? undefined : 'return_code is not SUCCESS'
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return `the answer is not XML: ${error.message}`
  }
}
