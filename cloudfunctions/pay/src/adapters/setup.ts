import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import ip from 'ip'
import type { Ports, ShopperPorts, WeChatPayPort } from '../ports'
import { cloudGoods, cloudMessages, cloudOrders } from './cloud'
import { readConfig, type Config } from './config'
import { wechatPay } from './wechat-pay'

let kept: { config: Config; gateway: WeChatPayPort } | undefined

/**
 * The configuration and the gateway, kept as long as this instance of the function lives.
 * @throws ConfigError
 */
export function setup() {
  if (!kept) {
    const config = readConfig(__dirname)
    kept = { config, gateway: wechatPay(config) }
  }
  return kept
}

/** For the shop's own work: all orders. */
export function shopPorts(): Ports {
  const { config, gateway } = setup()
  return {
    invocation: randomUUID(),
    terms: config.terms,
    orders: cloudOrders({}),
    wechatPay: gateway,
    messages: cloudMessages(),
    now: Date.now,
  }
}

/** For a shopper's action: the shopper's orders alone. */
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
 * One line a call: action, outcome, milliseconds, and the order's number as a keyed hash. Never
 * anything of an event or a reply, never a message of an error: it can hold anything.
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
    out_trade_no && kept
      ? createHmac('sha256', kept.config.key).update(out_trade_no).digest('hex').slice(0, 12)
      : undefined
  console.log(JSON.stringify({ ...rest, order }))
}
