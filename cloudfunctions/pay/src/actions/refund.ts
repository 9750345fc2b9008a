import { change } from '../change'
import { notAllowedNow, unknownOutcome } from '../errors'
import { move, STATUS } from '../order'
import { load } from '../query'
import { requestRefund } from '../reconcile-refunds'
import { refusedBy, shopperRefund } from '../refunds'
import { orderAction } from './action'

/**
 * Refunds what is left of a paid order. The intent and its out_refund_no are stored before WeChat is
 * called, so that a crash does not lose it and every retry uses the same number.
 */
export const refund = orderAction(async (ports, { out_trade_no }) => {
  const order = await load(ports, out_trade_no)
  const { order: requested, wrote } = await change(ports, order, 'refund', (current) =>
    current.status === STATUS.PAID
      ? move('startRefund', shopperRefund(current, ports.now(), ports.settings))
      : undefined,
  )
  if (requested.status === STATUS.UNPAID || requested.status === STATUS.CLOSED) {
    throw notAllowedNow('订单未支付，不能退款')
  }
  // An earlier or concurrent call stored the intent: that invocation calls WeChat.
  if (!wrote) return requested
  const { order: sent, whyUnknown, refusal } = await requestRefund(ports, requested)
  if (whyUnknown !== undefined) throw unknownOutcome(whyUnknown)
  if (refusal && sent.status === STATUS.PAID) throw refusedBy(refusal)
  return sent
})
