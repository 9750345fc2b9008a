import { channel } from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { TimeoutError } from './with-timeout'

/** A reply of WeChat Pay has a few kilobytes; one with ten refunds has less than ten. */
const MAX_REPLY_BYTES = 64 * 1024

/** The reply is longer than any that WeChat Pay sends. The outcome of the request is unknown. */
class ReplyTooLargeError extends Error {
  readonly code = 'REPLY_TOO_LARGE'
}

/**
 * Aborts every request to `host` that takes longer than `ms` in total, or whose reply is longer than
 * 64 KB. wx-js-utils limits neither (each byte restarts its timeout) and has no option for it, so
 * this uses the channel on which Node (18 and later) publishes every request of this process.
 */
export function limitReplies(host: string, ms: number): void {
  channel('http.client.request.start').subscribe((message) => {
    const { request } = message as { request: ClientRequest }
    if (request.getHeader('host') === host) limit(request, ms)
  })
}

function limit(request: ClientRequest, ms: number): void {
  let response: IncomingMessage | undefined
  // Once the response has begun, only its own destroy() passes the error to its reader.
  const abort = (error: Error) => void (response ?? request).destroy(error)
  const timer = setTimeout(() => abort(new TimeoutError(`no reply within ${ms} ms`)), ms)
  request.once('close', () => clearTimeout(timer))
  request.once('response', (reply: IncomingMessage) => {
    response = reply
    let bytes = 0
    reply.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MAX_REPLY_BYTES) {
        abort(new ReplyTooLargeError(`more than ${MAX_REPLY_BYTES} bytes`))
      }
    })
  })
}
