import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import { BodyTooLargeError, readBody } from '../kit/http'
import { type Certificates, gatewayHost } from './certificates'
import { endpointAt, endpoints } from './endpoints'
import type { Fault, Faults } from './faults'
import { type Desk, replyTo } from './reply'
import { type Fields, formatXml } from './xml'

const bodyLimit = 64 * 1024

export interface GatewayOptions extends Desk {
  certificates: Certificates
  faults: Faults
}

/** The gateway's HTTPS server, which is yet to listen. Protocol errors are HTTP 200, as WeChat's. */
export function createGateway(options: GatewayOptions): Server {
  const { ca, server, serverKey } = options.certificates
  // a client certificate is asked of everybody, and demanded by some services alone
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
  const body = await readBody(request, bodyLimit)
  if (options.faults.latencyMs > 0) await sleep(options.faults.latencyMs)
  const fault = options.faults.take(name)
  if (fault?.kind === 'delay') await sleep(fault.ms)
  if (isCut(fault) && fault.when === 'before') return cut(request, fault)
  if (fault?.kind === 'reply') return void response.end(fault.body)
  const reply = replyTo(name, body, fault, options)
  if (isCut(fault)) return cut(request, fault)
  sendXml(response, reply)
}

/** Only programs that call the gateway by its name may; a web page cannot (it sends an Origin). */
function isForGateway({ headers }: IncomingMessage): boolean {
  const named = headers.host === gatewayHost || headers.host === `${gatewayHost}:443`
  return named && headers.origin === undefined
}

/** `authorized` alone is not enough: node sets it for a resumed session without a certificate. */
function hasCertificate({ socket }: IncomingMessage): boolean {
  return (
    socket instanceof TLSSocket &&
    socket.authorized &&
    socket.getPeerX509Certificate() !== undefined
  )
}

type Cut = Extract<Fault, { when: unknown }>

function isCut(fault: Fault | undefined): fault is Cut {
  return fault?.kind === 'reset' || fault?.kind === 'silence'
}

/** A silent connection stays open until the caller or the gateway's end closes it. */
function cut(request: IncomingMessage, { kind }: Cut): void {
  if (kind === 'reset') request.socket.destroy()
}

function sendXml(response: ServerResponse, fields: Fields): void {
  response.setHeader('content-type', 'text/xml; charset=utf-8')
  response.end(formatXml(fields))
}

/** A page of the web server before the gateway, which knows nothing of the protocol. */
function sendPage(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'text/html', connection: 'close' })
  response.end(
    `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`,
  )
}
