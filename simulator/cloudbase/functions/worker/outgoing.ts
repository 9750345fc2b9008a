import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import https, { type RequestOptions } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import type { Gateway } from '../protocol'

type Callback = (response: IncomingMessage) => void
type Arguments =
  | [options: RequestOptions, callback?: Callback]
  | [url: string | URL, callback?: Callback]
  | [url: string | URL, options: RequestOptions, callback?: Callback]

/**
 * Redirects requests to WeChat's hosts (*.weixin.qq.com) to the local gateway. The rest of a
 * request stays the same: its Host header, its client certificate and the verification of the
 * server's certificate, for which the gateway's authority is trusted too.
 */
export function sendToGateway(gateway: Gateway): void {
  const real = https.request
  const request = (...args: Arguments): ClientRequest => {
    const [options, callback] = normalise(args)
    return real(isWeChat(hostOf(options)) ? viaGateway(options, gateway) : options, callback)
  }
  const get = (...args: Arguments): ClientRequest => request(...args).end()
  Object.assign(https, { request, get })
}

/** Returns the options and the callback of either signature of https.request. */
function normalise([first, second, third]: Arguments): [RequestOptions, Callback | undefined] {
  if (typeof first !== 'string' && !(first instanceof URL)) return [first, second as Callback]
  const url = urlToHttpOptions(new URL(first))
  return typeof second === 'function' ? [url, second] : [{ ...url, ...second }, third]
}

function hostOf(options: RequestOptions): string {
  return options.hostname ?? options.host ?? ''
}

function isWeChat(host: string): boolean {
  return /(^|\.)weixin\.qq\.com$/i.test(host)
}

function viaGateway(options: RequestOptions, gateway: Gateway): RequestOptions {
  const host = hostOf(options)
  // An agent's options take precedence over the request's, even where they are undefined
  const agentOptions = options.agent instanceof https.Agent ? options.agent.options : {}
  const ca = [agentOptions.ca ?? options.ca ?? [], gateway.ca].flat()
  return {
    ...options,
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    port: gateway.port,
    servername: options.servername ?? host,
    headers: withHost(options.headers, host),
    ca,
    agent: new https.Agent({ ...agentOptions, ca, keepAlive: false }),
  }
}

function withHost(headers: RequestOptions['headers'], host: string): RequestOptions['headers'] {
  if (Array.isArray(headers)) return headers
  const others = (headers ?? {}) as OutgoingHttpHeaders
  const named = Object.keys(others).some((name) => name.toLowerCase() === 'host')
  return named ? others : { ...others, host }
}
