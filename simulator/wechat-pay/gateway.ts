import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Clock } from '../clock'
import { BodyTooLargeError, readBody } from '../http'
import { type Answer, fail } from './answer'
import { type Certificates, gatewayHost } from './certificates'
import { type EndpointName, endpointAt, endpoints } from './endpoints'
import type { Fault, Faults } from './faults'
import type { Ledger } from './ledger'
import type { Log } from './log'
import {
  type Account,
  formatReply,
  readRequest,
  rejection,
  replySignType,
  resigned,
} from './protocol'
import { type Fields, formatXml, XmlError } from './xml'

const bodyLimit = 64 * 1024

export interface GatewayOptions {
  account: Account
  certificates: Certificates
  ledger: Ledger
  faults: Faults
  clock: Clock
  log: Log
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
  const fault = options.faults.take(name)
  if (fault?.kind === 'delay') await sleep(fault.ms)
  if (isCut(fault) && fault.when === 'before') return cut(request, fault)
  if (fault?.kind === 'reply') return void response.end(fault.body)
  const reply = replyTo(name, body, fault, options)
  if (isCut(fault)) return cut(request, fault)
  sendXml(response, reply)
}

/** Has a request answered, and logs how. */
function replyTo(
  name: EndpointName,
  body: Buffer,
  fault: Fault | undefined,
  options: GatewayOptions,
): Fields {
  const { account, clock, log } = options
  const { request, answer } = answerTo(name, body, fault, options)
  log({
    at: clock.now(),
    endpoint: name,
    ...(request.out_trade_no !== undefined && { out_trade_no: request.out_trade_no }),
    ...describe(answer),
  })
  const type = replySignType(request)
  const reply = formatReply(answer, account, type)
  if (fault?.kind !== 'alter') return reply
  const altered = fault.change(reply)
  return fault.resign ? resigned(altered, account, type) : altered
}

function answerTo(
  name: EndpointName,
  body: Buffer,
  fault: Fault | undefined,
  { account, ledger }: GatewayOptions,
): { request: Fields; answer: Answer } {
  try {
    const request = readRequest(body)
    const refused = fault?.kind === 'refuse' || fault?.kind === 'fail' ? fault : undefined
    const answer = rejection(name, request, account) ?? refused ?? ledger[name](request)
    return { request, answer }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return { request: {}, answer: fail('XML格式错误', error.message) }
  }
}

function describe(answer: Answer): { verdict: string; reason?: string } {
  switch (answer.kind) {
    case 'accept':
      return { verdict: 'SUCCESS' }
    case 'refuse':
      return { verdict: answer.err_code, reason: answer.err_code_des }
    case 'fail': {
      const { return_msg, reason } = answer
      return { verdict: 'FAIL', reason: reason ? `${return_msg}: ${reason}` : return_msg }
    }
  }
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
