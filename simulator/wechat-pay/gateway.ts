import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { BodyTooLargeError, readBody } from '../kit/http'
import { type Certificates, GATEWAY_HOST } from './certificates'
import { endpointAt, endpoints } from './endpoints'
import type { Fault, Faults } from './faults'
import { type ReplyContext, replyTo } from './reply'
import { type Fields, formatXml } from './xml'

const BODY_LIMIT = 64 * 1024

export interface GatewayOptions extends ReplyContext {
  certificates: Certificates
  faults: Faults
}

/** Creates the gateway's HTTPS server. Protocol errors are HTTP 200, as WeChat's are. */
export function createGateway(options: GatewayOptions): Server {
  const { ca, server, serverKey } = options.certificates
  // Every caller is asked for a client certificate; only some endpoints require it
  const tls = { cert: server, key: serverKey, ca, requestCert: true, rejectUnauthorized: false }
  return createServer(tls, (request, response) => {
    serve(request, response, options).catch((error: unknown) => {
      if (error instanceof BodyTooLargeError) {
        sendPage(response, 413, '413 Request Entity Too Large')
      } else {
        const { clock, log } = options
        const [endpoint, reason] = [request.url ?? '', String(error)]
        log({ at: clock.now(), endpoint, verdict: 'ERROR', reason })
        request.destroy()
      }
    })
  })
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: GatewayOptions,
): Promise<void> {
  if (!isForGateway(request)) return sendPage(response, 403, '403 Forbidden')
  const name = endpointAt(request.url ?? '')
  if (!name) return sendPage(response, 404, '404 Not Found')
  if (endpoints[name].certificate && !hasCertificate(request)) {
    return sendPage(response, 400, '400 No required SSL certificate was sent')
  }
  if (request.method !== 'POST') {
    return sendXml(response, { return_code: 'FAIL', return_msg: '请使用post方法' })
  }
  const body = await readBody(request, BODY_LIMIT)
  if (options.faults.latencyMs > 0) await sleep(options.faults.latencyMs)
  const fault = options.faults.take(name)
  if (fault?.kind === 'delay') await sleep(fault.ms)
  if (isCutOff(fault) && fault.when === 'before') return cutOff(request, fault)
  if (fault?.kind === 'reply') return void response.end(fault.body)
  const reply = replyTo(name, body, fault, options)
  if (isCutOff(fault)) return cutOff(request, fault)
  sendXml(response, reply)
}

/** Checks the Host header and rejects web pages, whose requests have an Origin. */
function isForGateway({ headers }: IncomingMessage): boolean {
  const named = headers.host === GATEWAY_HOST || headers.host === `${GATEWAY_HOST}:443`
  return named && headers.origin === undefined
}

/**
 * Returns whether the caller has the merchant's certificate. `authorized` alone is not enough: node
 * sets it for a resumed session without a certificate.
 */
function hasCertificate({ socket }: IncomingMessage): boolean {
  return (
    socket instanceof TLSSocket &&
    socket.authorized &&
    socket.getPeerX509Certificate() !== undefined
  )
}

type CutOff = Extract<Fault, { when: unknown }>

function isCutOff(fault: Fault | undefined): fault is CutOff {
  return fault?.kind === 'reset' || fault?.kind === 'silence'
}

/** Breaks the connection, or leaves it open until the caller or the gateway closes it. */
function cutOff(request: IncomingMessage, { kind }: CutOff): void {
  if (kind === 'reset') request.socket.destroy()
}

function sendXml(response: ServerResponse, fields: Fields): void {
  response.setHeader('content-type', 'text/xml; charset=utf-8')
  response.end(formatXml(fields))
}

/** Replies with an error page, as the web server in front of WeChat's gateway does. */
function sendPage(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'text/html', connection: 'close' })
  response.end(
    `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`,
  )
}
