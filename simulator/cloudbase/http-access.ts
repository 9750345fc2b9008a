import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../kit/clock'
import { listen, readBody, type Listening } from '../kit/http'
import { CloudBaseError } from './errors'
import type { FunctionHost } from './functions/host'
import type { Log } from './log'

/** The functions that have a public address. */
export interface HttpRoutes {
  /** the public host name, such as `<envId>.service.tcloudbase.com` */
  host: string
  /** path → function, such as `/pay-notify` → `pay-notify` */
  paths: Record<string, string>
}

export interface HttpAccessOptions {
  envId: string
  routes: HttpRoutes | undefined
  functions: FunctionHost
  clock: Clock
  log: Log
}

/** The event of a request for a function (docs.cloudbase.net, 使用 HTTP 访问云函数: 集成请求). */
export interface HttpEvent {
  path: string
  httpMethod: string
  headers: Record<string, string>
  queryStringParameters: Record<string, string>
  requestContext: { requestId: string; envId: string }
  body: string
  isBase64Encoded: boolean
}

/** The maximum event of a synchronous call, in bytes (cloud.tencent.com, 云函数 → 配额与限制). */
const BODY_LIMIT = 6 * 1024 * 1024

const TEXT = /^(?:text\/[^;]+|application\/(?:json|xml|x-www-form-urlencoded))\s*(?:;|$)/i

interface Reply {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

/**
 * Simulates CloudBase's HTTP access: functions at public addresses, without a shopper or SOURCE.
 */
export class HttpAccess {
  /**
   * Whether a text body is base64 too. The documentation does not say which types are, so a
   * function must accept both.
   */
  alwaysBase64 = false
  readonly #options: HttpAccessOptions
  #server: Listening | undefined

  constructor(options: HttpAccessOptions) {
    this.#options = options
  }

  /** Listens on any free port of 127.0.0.1, without TLS, which is terminated before CloudBase. */
  async start(): Promise<void> {
    const { routes } = this.#options
    this.#server = await listen((request, response) => this.#serve(request, response), {
      port: 0,
      origin: 'none',
      names: routes === undefined ? [] : [routes.host],
    })
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.#server?.url ?? ''
  }

  get port(): number | undefined {
    return this.#server?.port
  }

  async close(): Promise<void> {
    await this.#server?.close()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { paths = {} } = this.#options.routes ?? {}
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const name = paths[pathname]
    const body = await readBody(request, BODY_LIMIT)
    const reply =
      name === undefined
        ? refusal(404, 'INVALID_PATH')
        : await this.#call(name, this.#event(request, pathname, searchParams, body))
    response.writeHead(reply.status, reply.headers)
    response.end(reply.body)
    this.#logRequest(name ?? pathname, `${request.method} ${pathname} ${reply.status}`)
  }

  async #call(name: string, event: HttpEvent): Promise<Reply> {
    try {
      return replyOf(await this.#options.functions.invoke(name, event, {}))
    } catch (error) {
      if (!(error instanceof CloudBaseError)) throw error
      return refusal(error.code === 'FUNCTION_NOT_FOUND' ? 404 : 500, error.code)
    }
  }

  #event(request: IncomingMessage, path: string, query: URLSearchParams, body: Buffer): HttpEvent {
    const isBase64Encoded = this.alwaysBase64 || !isText(request.headers['content-type'])
    return {
      path,
      httpMethod: request.method ?? 'GET',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      queryStringParameters: Object.fromEntries(query),
      requestContext: { requestId: randomUUID(), envId: this.#options.envId },
      body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
      isBase64Encoded,
    }
  }

  #logRequest(name: string, text: string): void {
    const { clock, log } = this.#options
    log({ at: clock.now(), source: 'function', name, text })
  }
}

function isText(contentType: string | undefined): boolean {
  return contentType === undefined || TEXT.test(contentType)
}

/**
 * Returns the HTTP reply for a function's result: `{statusCode, headers, body, isBase64Encoded}`
 * (集成响应) sets the reply, a string or a number is plain text, anything else is JSON.
 */
function replyOf(result: unknown): Reply {
  if (isIntegrated(result)) {
    const { statusCode: status, headers = {}, body = '', isBase64Encoded } = result
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return { status, headers, body: isBase64Encoded ? Buffer.from(text, 'base64') : text }
  }
  return typeof result === 'string' || typeof result === 'number'
    ? { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${result}` }
    : json(200, result)
}

interface IntegratedResponse {
  statusCode: number
  headers?: Record<string, string>
  body?: unknown
  isBase64Encoded?: boolean
}

function isIntegrated(result: unknown): result is IntegratedResponse {
  return typeof result === 'object' && result !== null && 'statusCode' in result
}

function json(status: number, content: unknown): Reply {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  return { status, headers, body: JSON.stringify(content) }
}

function refusal(status: number, code: string): Reply {
  return json(status, { code })
}
