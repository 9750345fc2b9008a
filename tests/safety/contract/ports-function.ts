/// <reference path="../../../cloudfunctions/pay/src/wx-js-utils.d.ts" />
import { cloudGoods, cloudMessages, cloudOrders } from '../../../cloudfunctions/pay/src/cloud'
import { readConfig } from '../../../cloudfunctions/pay/src/config'
import { wechatPay } from '../../../cloudfunctions/pay/src/wechat-pay'
import { thaw, type PortCall, type PortReply } from './port-call'

type Methods = Record<string, (...args: unknown[]) => unknown>

/** A cloud function that does nothing but call one of the shop's real ports. */
export async function main({ owner, port, method, args }: PortCall): Promise<PortReply> {
  const ports = {
    goods: cloudGoods(),
    orders: cloudOrders(owner),
    messages: cloudMessages(),
    wechatPay: wechatPay(readConfig(__dirname)),
  }
  try {
    return { value: await (ports[port] as unknown as Methods)[method]!(...args.map(thaw)) }
  } catch {
    return { rejected: true }
  }
}
