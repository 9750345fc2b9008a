import { orderNotFound } from '../errors'
import { pursueRefund } from '../pursue'
import { load } from '../query'
import { field, orderNumber } from '../request'
import type { Action } from './action'

/**
 * Shows what became of the refund. When the page knows its number, row and WeChat are asked side by
 * side; the answer is dropped unread unless the number is this order's and the order the caller's.
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
    const answer =
      out_refund_no === undefined
        ? undefined
        : ports.wechatPay.refundquery('out_refund_no', out_refund_no)
    const order = await load(ports, out_trade_no, answer)
    const ours = order.refund?.out_refund_no === out_refund_no
    return (await pursueRefund(ports, order, ours ? await answer : undefined)).order
  },
}
