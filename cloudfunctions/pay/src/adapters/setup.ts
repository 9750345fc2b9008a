import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import ip from 'ip'
import type { Ports, ShopperPorts, WeChatPayPort } from '../ports'
import { cloudGoods, cloudMessages, cloudOrders } from './cloud'
import { readConfig, type Config } from './config'
import { wechatPay } from './wechat-pay'

let cached: { config: Config; gateway: WeChatPayPort } | undefined

/**
 * Returns the configuration and the gateway. They are cached while this function instance lives.
 * @throws ConfigError
 */
export function setup() {
  if (!cached) {
    const config = readConfig(__dirname)
    cached = { config, gateway: wechatPay(config) }
  }
  return cached
}

/** Creates the ports for the shop's own work, with all orders. */
export function shopPorts(): Ports {
  const { config, gateway } = setup()
  return {
    invocation: randomUUID(),
    settings: config.settings,
    orders: cloudOrders({}),
    wechatPay: gateway,
    messages: cloudMessages(),
    now: Date.now,
  }
}

/** Creates the ports for a shopper's action, with only the shopper's orders. */
export function shopperPorts(openid: string): ShopperPorts {
  return {
    ...shopPorts(),
    openid,
    orders: cloudOrders({ _openid: openid }),
    goods: cloudGoods(),
    nonce: () => randomBytes(16).toString('hex'),
    address: () => ip.address() ?? '127.0.0.1',
  }
}

/**
 * Logs one line per call: action, outcome, milliseconds, and a keyed hash of the order number. Never
 * logs data of an event or a reply, or an error's message, because these can contain secrets.
 */
export function log(line: {
  action: string | undefined
  outcome: string
  why?: string | undefined
  out_trade_no?: string | undefined
  ms: number
}): void {
  const { out_trade_no, ...rest } = line
  const order =
    out_trade_no && cached
      ? createHmac('sha256', cached.config.key).update(out_trade_no).digest('hex').slice(0, 12)
      : undefined
  console.log(JSON.stringify({ ...rest, order }))
}
