import type { Order, PayRequests } from '../../../../typings/contract'
import { change } from '../change'
import { notAllowedNow, ShopError, unknownOutcome } from '../errors'
import { sendRefund } from '../finish'
import { move } from '../order'
import type { Ports } from '../ports'
import { load } from '../query'
import { nextRefund, type NextRefund } from '../refunds'
import { paidSince } from '../schedule'

/** WeChat wants a minute between two refunds of one order, and allows few refused ones (V2 申请退款). */
const BETWEEN_REFUNDS = 60_000

/**
 * Refunds what is left of a paid order. The intent, with its out_refund_no, is written before
 * WeChat is asked, so that a crash loses nothing and every repetition names the same refund.
 */
export async function refund(
  ports: Ports,
  { out_trade_no }: PayRequests['refund'],
): Promise<Order> {
  const order = await load(ports, out_trade_no)
  const asked = await change(ports, order, 'refund', (current) =>
    current.status === 1 ? move('askRefund', refundOf(ports, current)) : undefined,
  )
  if (asked.status === 0 || asked.status === 2) throw notAllowedNow('订单未支付，不能退款')
  // Asked for before, here or by a tap beside this one: that one speaks with WeChat.
  if (asked.moved_by !== `${ports.invocation} refund`) return asked
  const { order: sent, unknown, refusal } = await sendRefund(ports, asked)
  if (unknown !== undefined) throw unknownOutcome(unknown)
  if (refusal && sent.status === 1) throw refusedBy(refusal)
  return sent
}

/** @throws ShopError that says why the shopper cannot ask for a refund now */
function refundOf(ports: Ports, order: Order): NextRefund {
  const now = ports.now()
  if (now > paidSince(order) + ports.terms.self_refund) {
    throw new ShopError('REFUND_PERIOD_OVER', '已超过自助退款期限，请联系商家')
  }
  const last = order.refund
  if (last?.refusal && now < (last.settled_at ?? 0) + BETWEEN_REFUNDS) throw refusedBy(last.refusal)
  if (last && !last.refusal && now < last.requested_at + BETWEEN_REFUNDS) {
    throw notAllowedNow('刚刚申请过退款，请过一分钟再试')
  }
  const next = nextRefund(order, now)
  if (!next) throw notAllowedNow('商家正在退款，没有可以再退的金额')
  return next
}

const refusedBy = ({ err_code, err_code_des }: { err_code: string; err_code_des: string }) =>
  new ShopError('WECHAT_PAY_REFUSED', err_code_des, err_code)
