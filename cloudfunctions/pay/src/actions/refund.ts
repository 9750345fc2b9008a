import type { Order, PayRequests } from '../../../../typings/contract'
import { change } from '../change'
import { notAllowedNow, ShopError, unknownOutcome } from '../errors'
import { load } from '../look'
import { move, nextRefund } from '../order'
import type { Ports } from '../ports'
import { sendRefund } from '../refunding'

/**
 * Refunds a paid order whole. The intent, with its out_refund_no, is written before WeChat is
 * asked, so that a crash loses nothing and every repetition names the same refund.
 */
export async function refund(
  ports: Ports,
  { out_trade_no }: PayRequests['refund'],
): Promise<Order> {
  const order = await load(ports, out_trade_no)
  const asked = await change(ports, order, 'refund', (now) => {
    if (now.status !== 1) return undefined
    const requested_at = ports.now()
    if (requested_at > (now.paid_at ?? 0) + ports.terms.self_refund) {
      throw new ShopError('REFUND_PERIOD_OVER', '已超过自助退款期限，请联系商家')
    }
    return move('askRefund', { refund: nextRefund(now, requested_at) })
  })
  if (asked.status === 0 || asked.status === 2) throw notAllowedNow('订单未支付，不能退款')
  // Asked for before, here or by a tap beside this one: that one speaks with WeChat.
  if (asked.moved_by !== `${ports.invocation} refund`) return asked
  const { order: sent, outcome, why } = await sendRefund(ports, asked)
  if (outcome === 'unknown') throw unknownOutcome(why)
  const refusal = sent.refund?.refusal
  if (outcome === 'refused' && refusal) {
    throw new ShopError('WECHAT_PAY_REFUSED', refusal.err_code_des, refusal.err_code)
  }
  return sent
}
