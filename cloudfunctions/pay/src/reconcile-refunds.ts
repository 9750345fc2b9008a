import type { Order, Refund } from '../../../typings/contract'
import { withAnomaly } from './anomaly'
import { DAY } from './backoff'
import { change } from './change'
import { STATUS } from './order'
import type { GatewayReply, Ports } from './ports'
import { queryRefund, queryRefunds } from './query'
import { isInFlight, latePaymentRefund } from './refunds'
import { settleRefunds, settleRefusal } from './settle'

/* Requests refunds from WeChat, and queries them until they have ended. */

/** The stored order. `whyUnknown`: why WeChat's reply could not be used, if it could not. */
export interface Progress {
  order: Order
  whyUnknown?: string | undefined
}

/**
 * Reconciles the refunds of an order that is 正在退款 with WeChat: queries and settles them, and
 * requests the shop's own refund again if WeChat has no record of it.
 * @param reply WeChat's reply about the order's out_refund_no, if it was queried already
 */
export async function reconcileRefunds(
  ports: Ports,
  order: Order,
  reply?: GatewayReply,
): Promise<Progress> {
  if (order.status !== STATUS.REFUNDING) return { order }
  const reconciled = isInFlight(order.refund)
    ? await reconcileOwnRefund(ports, order, reply)
    : await reconcileOtherRefunds(ports, order)
  const { whyUnknown } = reconciled
  return whyUnknown === undefined
    ? reconciled
    : { order: await noteIfNotAccepted(ports, reconciled.order), whyUnknown }
}

async function reconcileOwnRefund(
  ports: Ports,
  order: Order,
  reply?: GatewayReply,
): Promise<Progress> {
  const number = order.refund!.out_refund_no
  const fact = await queryRefund(ports, order, number, reply)
  const settled = await settleRefunds(ports, order, fact)
  if (fact.kind === 'unknown') return { order: settled, whyUnknown: fact.why }
  if (settled.refund?.out_refund_no !== number) return { order: settled }
  if (
    settled.status === STATUS.REFUNDING &&
    fact.kind === 'notFound' &&
    isInFlight(settled.refund)
  ) {
    return requestRefund(ports, settled)
  }
  // The shop's own refund has ended or needs a person, and a part is not refunded: the merchant may
  // have refunded it by hand.
  const isLeft = settled.status === STATUS.PAID || settled.status === STATUS.REFUNDING
  const waits = settled.refund?.state === 'CHANGE' || !isInFlight(settled.refund)
  return isLeft && fact.kind === 'refunds' && waits
    ? reconcileOtherRefunds(ports, settled)
    : { order: settled }
}

/**
 * Settles all refunds of an order whose own refund is not in flight. If the order was paid after
 * closing, requests a refund of what is left, once that is due.
 */
async function reconcileOtherRefunds(ports: Ports, order: Order): Promise<Progress> {
  const fact = await queryRefunds(ports, order)
  if (fact.kind === 'unknown') return { order, whyUnknown: fact.why }
  const settled = await settleRefunds(ports, order, fact)
  const { order: requested, wrote } = await change(ports, settled, 'refund again', (current) =>
    latePaymentRefund(current, ports.now()),
  )
  return wrote ? requestRefund(ports, requested) : { order: requested }
}

/** Adds an anomaly to an order whose refund WeChat has not accepted within a day. */
export async function noteIfNotAccepted(ports: Ports, order: Order): Promise<Order> {
  const noted = await change(ports, order, 'refund not accepted', (current) => {
    const { status, refund } = current
    const now = ports.now()
    if (
      status !== STATUS.REFUNDING ||
      refund?.state !== 'ASKED' ||
      now < refund.requested_at + DAY
    ) {
      return undefined
    }
    const what = 'WeChat has not accepted a refund within a day: check KEY and P12, run the doctor'
    return withAnomaly(current, 'refundNotAccepted', what, now)
  })
  return noted.order
}

/** The result of a refund request. */
export interface RefundProgress extends Progress {
  /** set if WeChat refused and has no record of the refund; otherwise WeChat accepted, or the outcome is unknown */
  refusal?: NonNullable<Refund['refusal']>
}

/**
 * Requests the refund in the order's stored intent from WeChat. Acceptance does not end it. After
 * a refusal, also settles the refunds that the merchant made by hand: less may be left than the shop
 * assumed.
 */
export async function requestRefund(ports: Ports, order: Order): Promise<RefundProgress> {
  const { refund } = order
  if (!refund) return { order, whyUnknown: 'NO_INTENT' }
  const { out_refund_no } = refund
  const reply = await ports.wechatPay.refund(order, refund)
  if (reply.kind === 'ok') return { order }
  if (reply.kind === 'unknown') return { order, whyUnknown: reply.why }

  // A refusal proves nothing about earlier requests with this number. A query does.
  const fact = await queryRefund(ports, order, out_refund_no)
  if (fact.kind === 'unknown') return { order, whyUnknown: fact.why }
  if (fact.kind !== 'notFound') return { order: await settleRefunds(ports, order, fact) }
  const refusal = { err_code: reply.err_code, err_code_des: reply.err_code_des }
  const refused = await settleRefusal(ports, order, out_refund_no, refusal)
  const known = await settleRefunds(ports, refused, await queryRefunds(ports, refused))
  return { order: known, refusal }
}
