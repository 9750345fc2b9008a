import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

export interface ListenOptions {
  /** 0 for any free port */
  port: number
  /** which web pages may send requests: the server's own (the default), or none */
  origin?: 'own' | 'none'
  /** further host names to accept, besides localhost and 127.0.0.1 */
  names?: readonly string[]
}

export interface Listening {
  port: number
  /** `http://127.0.0.1:<port>` */
  url: string
  /** Stops listening and closes all open connections. */
  close(): Promise<void>
}

/** The body of a request or a reply is longer than the limit. */
export class BodyTooLargeError extends Error {}

/**
 * Serves HTTP on 127.0.0.1 only. A request for another host name (DNS rebinding) or from another
 * site's page gets 403 and does not reach the handler.
 * @throws Error with the system's code, such as EADDRINUSE for a port that is in use
 */
export async function listen(handler: Handler, options: ListenOptions): Promise<Listening> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const own = ownHosts(port)
  const hosts = [...own, ...(options.names ?? [])]
  const origins = options.origin === 'none' ? [] : own.map((host) => `http://${host}`)

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { host, origin } = request.headers
    if (host === undefined || !hosts.includes(host)) {
      refuse(response, 403, `Host must be ${hosts.join(' or ')}.`)
    } else if (origin !== undefined && !origins.includes(origin)) {
      refuse(response, 403, 'Requests from other web pages are refused.')
    } else {
      void serve(handler, request, response)
    }
  })

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/**
 * Reads the whole body of a request.
 * @throws BodyTooLargeError as soon as more than `limit` bytes have arrived
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) throw new BodyTooLargeError(`The body is longer than ${limit} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Returns the server's own hosts. A browser omits port 80 from Host and Origin. */
function ownHosts(port: number): string[] {
  return ['127.0.0.1', 'localhost'].map((name) => (port === 80 ? name : `${name}:${port}`))
}

async function serve(handler: Handler, request: IncomingMessage, response: ServerResponse) {
  try {
    await handler(request, response)
  } catch (error) {
    if (response.headersSent) response.destroy()
    else refuse(response, error instanceof BodyTooLargeError ? 413 : 500, String(error))
  }
}

function refuse(response: ServerResponse, status: number, line: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end(`${line}\n`)
}
