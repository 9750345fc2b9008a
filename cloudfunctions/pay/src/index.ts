import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import ip from 'ip'
import type { Order, PayReply } from '../../../typings/contract'
import { closeorder } from './actions/closeorder'
import { deleteorder } from './actions/deleteorder'
import { orderquery } from './actions/orderquery'
import { payorder } from './actions/payorder'
import { queryrefund } from './actions/queryrefund'
import { refund } from './actions/refund'
import { unifiedorder } from './actions/unifiedorder'
import { caller, cloudGoods, cloudMessages, cloudOrders } from './cloud'
import { readConfig, type Config } from './config'
import { orderNotFound, ShopError, unknownOutcome } from './errors'
import type { Ports, WeChatPayPort } from './ports'
import { readRequest, type PayRequest } from './request'
import { wechatPay } from './wechat-pay'

let setup: { config: Config; gateway: WeChatPayPort } | undefined

/**
 * The composite function `pay`: who is calling, then one switch on `type`.
 * @param event `{type, data}`, see PayRequests
 * @returns `{code: 0, data}` with the order as it is stored, or `{code: 1, error, message}`
 */
export async function main(event: unknown): Promise<PayReply> {
  const { openid, appid } = caller()
  const started = Date.now()
  let request: PayRequest | undefined
  let reply: PayReply
  let why: string | undefined
  try {
    setup ??= prepare()
    if (!openid) throw orderNotFound()
    if (appid !== setup.config.terms.appid) {
      throw new ShopError(
        'NOT_CONFIGURED',
        '支付配置有误，请联系商家（APPID: must be the id of the mini program that calls）',
      )
    }
    request = readRequest(event)
    reply = { code: 0, data: await act(shopperPorts(setup, openid), request) }
  } catch (error) {
    const known = error instanceof ShopError ? error : unknownOutcome(nameOf(error))
    reply = refusal(known)
    why = known.why ?? known.err_code
  }
  log(request, reply.code === 0 ? 'ok' : reply.error, why, Date.now() - started)
  return reply
}

function act(ports: Ports, request: PayRequest): Promise<Order> {
  switch (request.type) {
    case 'unifiedorder':
      return unifiedorder(ports, request.data)
    case 'orderquery':
      return orderquery(ports, request.data)
    case 'payorder':
      return payorder(ports, request.data)
    case 'closeorder':
      return closeorder(ports, request.data)
    case 'refund':
      return refund(ports, request.data)
    case 'queryrefund':
      return queryrefund(ports, request.data)
    case 'deleteorder':
      return deleteorder(ports, request.data)
  }
}

function prepare() {
  const config = readConfig(__dirname)
  return { config, gateway: wechatPay(config) }
}

function shopperPorts({ config, gateway }: NonNullable<typeof setup>, openid: string): Ports {
  return {
    openid,
    invocation: randomUUID(),
    terms: config.terms,
    goods: cloudGoods(),
    orders: cloudOrders(openid),
    wechatPay: gateway,
    messages: cloudMessages(),
    now: Date.now,
    nonce: () => randomBytes(16).toString('hex'),
    address: () => ip.address() ?? '127.0.0.1',
  }
}

function refusal({ error, message, err_code }: ShopError): PayReply {
  return { code: 1, error, message, ...(err_code === undefined ? {} : { err_code }) }
}

/** What an unforeseen error may be called in a log: never its message, which can hold anything. */
function nameOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errCode' in error)
    return String(error.errCode)
  return error instanceof Error ? error.name : typeof error
}

/** One line a call. The order's number only as a keyed hash, and nothing of the event or the reply. */
function log(
  request: PayRequest | undefined,
  outcome: string,
  why: string | undefined,
  ms: number,
): void {
  const number = request && 'out_trade_no' in request.data ? request.data.out_trade_no : undefined
  const hash =
    number && setup ? createHmac('sha256', setup.config.key).update(number).digest('hex') : ''
  const line = { action: request?.type, outcome, why, order: hash.slice(0, 12), ms }
  console.log(JSON.stringify(line))
}
