import {
  cloudGoods,
  cloudMessages,
  cloudOrders,
} from '../../../cloudfunctions/pay/src/adapters/cloud'
import { readConfig, type Config } from '../../../cloudfunctions/pay/src/adapters/config'
import type { WeChatPayPort } from '../../../cloudfunctions/pay/src/ports'
import { decode, type PortCall, type PortReply } from './port-call'

// The tests' program has no types of wx-js-utils.
const { wechatPay } = require('../../../cloudfunctions/pay/src/adapters/wechat-pay') as {
  wechatPay(config: Config): WeChatPayPort
}

type Methods = Record<string, (...args: unknown[]) => unknown>

/** A cloud function that calls one of the shop's real ports. */
export async function main({ owner, port, method, args }: PortCall): Promise<PortReply> {
  const ports = {
    goods: cloudGoods(),
    orders: cloudOrders(owner),
    messages: cloudMessages(),
    wechatPay: wechatPay(readConfig(__dirname)),
  }
  try {
    return { value: await (ports[port] as unknown as Methods)[method]!(...args.map(decode)) }
  } catch {
    return { rejected: true }
  }
}
