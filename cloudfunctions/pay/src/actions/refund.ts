import { change } from '../change'
import { notAllowedNow, unknownOutcome } from '../errors'
import { move } from '../order'
import { sendRefund } from '../pursue'
import { load } from '../query'
import { refusedBy, shopperRefund } from '../refunds'
import { orderAction } from './action'

/**
 * Refunds what is left of a paid order. The intent, with its out_refund_no, is written before
 * WeChat is asked, so that a crash loses nothing and every repetition names the same refund.
 */
export const refund = orderAction(async (ports, { out_trade_no }) => {
  const order = await load(ports, out_trade_no)
  const { order: asked, wrote } = await change(ports, order, 'refund', (current) =>
    current.status === 1
      ? move('askRefund', shopperRefund(current, ports.now(), ports.terms))
      : undefined,
  )
  if (asked.status === 0 || asked.status === 2) throw notAllowedNow('订单未支付，不能退款')
  // Asked for before, or by a tap beside this one: that invocation calls WeChat.
  if (!wrote) return asked
  const { order: sent, unknown, refusal } = await sendRefund(ports, asked)
  if (unknown !== undefined) throw unknownOutcome(unknown)
  if (refusal && sent.status === 1) throw refusedBy(refusal)
  return sent
})
