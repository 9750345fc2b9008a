import { orderNotFound } from '../errors'
import { load } from '../query'
import { reconcileRefunds } from '../reconcile-refunds'
import { field, orderNumber } from '../request'
import type { Action } from './action'

/**
 * Brings the refund up to date with WeChat, and returns the order. If the page sends the refund's
 * number, the database and WeChat are queried in parallel. WeChat's reply is discarded unread
 * unless the order is the caller's and the number is this order's.
 */
export const queryrefund: Action<'queryrefund'> = {
  read(data) {
    const out_trade_no = orderNumber(data)
    const out_refund_no = field(data, 'out_refund_no')
    if (out_refund_no === undefined) return { out_trade_no }
    if (typeof out_refund_no !== 'string' || !/^[0-9a-f]{32}-\d{1,4}$/.test(out_refund_no)) {
      throw orderNotFound()
    }
    return { out_trade_no, out_refund_no }
  },

  async run(ports, { out_trade_no, out_refund_no }) {
    const reply =
      out_refund_no === undefined
        ? undefined
        : ports.wechatPay.refundquery('out_refund_no', out_refund_no)
    const order = await load(ports, out_trade_no, reply)
    const isOfOrder = order.refund?.out_refund_no === out_refund_no
    return (await reconcileRefunds(ports, order, isOfOrder ? await reply : undefined)).order
  },
}
