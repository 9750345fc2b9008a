import { request } from 'node:http'
import { readBody } from '../../kit/http'
import { parseXml, XmlError } from '../xml'

export interface MerchantAnswer {
  status: number
  body: string
}

/**
 * Posts the XML `body` to `url`.
 * @throws Error when no answer arrives before `signal` aborts
 */
export type Deliver = (url: string, body: string, signal: AbortSignal) => Promise<MerchantAnswer>

const ANSWER_LIMIT = 64 * 1024

/**
 * Returns a `Deliver` that posts to this machine: `portOf` gives the port on 127.0.0.1 of a public
 * host name. It posts plain HTTP, even to https addresses.
 */
export function deliverTo(portOf: (host: string) => number | undefined): Deliver {
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
        readBody(response, ANSWER_LIMIT)
          .then((read) => resolve({ status: response.statusCode ?? 0, body: read.toString() }))
          .catch(reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
}

/** Returns why an answer does not acknowledge a notification; undefined when it does. */
export function problemOf({ status, body }: MerchantAnswer): string | undefined {
  if (status !== 200) return `HTTP ${status}`
  try {
    return parseXml(body).return_code === 'SUCCESS' ? undefined : 'return_code is not SUCCESS'
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return `the answer is not XML: ${error.message}`
  }
}
