import { channel } from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { TimeoutError } from './with-timeout'

/** A reply of WeChat Pay has a few kilobytes; ten refunds in one have under ten. */
const LARGEST_REPLY = 64 * 1024

/** The reply is longer than any of WeChat Pay is. What the request did is unknown. */
class ReplyTooLargeError extends Error {
  readonly code = 'REPLY_TOO_LARGE'
}

/**
 * Ends every request to `host` that takes longer than `ms` in total, or whose reply is longer than
 * 64 KB: wx-js-utils bounds neither (its timeout counts anew with every byte) and offers no place to
 * do so, but Node (18 and later) tells of every request that this process begins.
 */
export function boundReplies(host: string, ms: number): void {
  channel('http.client.request.start').subscribe((message) => {
    const { request } = message as { request: ClientRequest }
    if (request.getHeader('host') === host) bound(request, ms)
  })
}

function bound(request: ClientRequest, ms: number): void {
  let begun: IncomingMessage | undefined
  // Destroying the request would tell whoever reads the reply of a socket that died, nothing more.
  const end = (error: Error) => void (begun ?? request).destroy(error)
  const timer = setTimeout(() => end(new TimeoutError(`no reply within ${ms} ms`)), ms)
  request.once('close', () => clearTimeout(timer))
  request.once('response', (reply: IncomingMessage) => {
    begun = reply
    let bytes = 0
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > LARGEST_REPLY) end(new ReplyTooLargeError(`more than ${LARGEST_REPLY} bytes`))
    })
  })
}
