import type { Order, Refund } from '../../../typings/contract'
import { withAnomaly } from './anomaly'
import { DAY } from './backoff'
import { change } from './change'
import type { GatewayReply, Ports } from './ports'
import { queryRefund, queryRefunds } from './query'
import { isInFlight, lateRefund } from './refunds'
import { settleRefunds, settleRefusal } from './settle'

/* Acts on refunds: asks WeChat for them, and for what became of them until they are settled. */

/** The order as it now is. `unknown`: why WeChat's answer could not be used, where it could not. */
export interface Progress {
  order: Order
  unknown?: string | undefined
}

/**
 * Finds out what became of the refunds of an order that is 正在退款, and asks for its own again
 * where WeChat has nothing recorded.
 * @param answer WeChat's, when it has been asked about the order's out_refund_no already
 */
export async function pursueRefund(
  ports: Ports,
  order: Order,
  answer?: GatewayReply,
): Promise<Progress> {
  if (order.status !== 3) return { order }
  const pursued = isInFlight(order.refund)
    ? await pursueOwnRefund(ports, order, answer)
    : await pursueOtherRefunds(ports, order)
  const { unknown } = pursued
  return unknown === undefined
    ? pursued
    : { order: await noteNotAccepted(ports, pursued.order), unknown }
}

async function pursueOwnRefund(
  ports: Ports,
  order: Order,
  answer?: GatewayReply,
): Promise<Progress> {
  const number = order.refund!.out_refund_no
  const fact = await queryRefund(ports, order, number, answer)
  const settled = await settleRefunds(ports, order, fact)
  if (fact.kind === 'unknown') return { order: settled, unknown: fact.why }
  if (settled.refund?.out_refund_no !== number) return { order: settled }
  if (settled.status === 3 && fact.kind === 'absent' && isInFlight(settled.refund)) {
    return sendRefund(ports, settled)
  }
  // The shop's own refund is over, or waits for a person, and something is left: the merchant may
  // have refunded it by hand.
  const isLeft = settled.status === 1 || settled.status === 3
  const waits = settled.refund?.state === 'CHANGE' || !isInFlight(settled.refund)
  return isLeft && fact.kind === 'refunds' && waits
    ? pursueOtherRefunds(ports, settled)
    : { order: settled }
}

/**
 * Reads all refunds of an order that has none of its own in flight. What a payment that came after
 * closing is still owed is asked for again, when it is time.
 */
async function pursueOtherRefunds(ports: Ports, order: Order): Promise<Progress> {
  const fact = await queryRefunds(ports, order)
  if (fact.kind === 'unknown') return { order, unknown: fact.why }
  const settled = await settleRefunds(ports, order, fact)
  const { order: asked, wrote } = await change(ports, settled, 'refund again', (current) =>
    lateRefund(current, ports.now()),
  )
  return wrote ? sendRefund(ports, asked) : { order: asked }
}

/** Notes a refund that WeChat has not accepted within a day, whatever the reason. */
export async function noteNotAccepted(ports: Ports, order: Order): Promise<Order> {
  const noted = await change(ports, order, 'refund not accepted', (current) => {
    const { status, refund } = current
    const now = ports.now()
    if (status !== 3 || refund?.state !== 'ASKED' || now < refund.requested_at + DAY)
      return undefined
    const what = 'WeChat has not accepted a refund within a day: check KEY and P12, run the doctor'
    return withAnomaly(current, 'refundNotAccepted', what, now)
  })
  return noted.order
}

/** What came of asking for a refund. */
export interface Sent extends Progress {
  /** WeChat said no and has nothing recorded; else it has accepted, or that is `unknown` */
  refusal?: NonNullable<Refund['refusal']>
}

/**
 * Asks WeChat for the refund that the order's intent names. An acceptance settles nothing. After a
 * refusal the refunds that the merchant made by hand are booked: perhaps less is left than the shop
 * thought.
 */
export async function sendRefund(ports: Ports, order: Order): Promise<Sent> {
  const { refund } = order
  if (!refund) return { order, unknown: 'NO_INTENT' }
  const { out_refund_no } = refund
  const answer = await ports.wechatPay.refund(order, refund)
  if (answer.kind === 'ok') return { order }
  if (answer.kind === 'unknown') return { order, unknown: answer.why }

  // A refusal proves nothing about earlier requests with this number. Only a query does.
  const fact = await queryRefund(ports, order, out_refund_no)
  if (fact.kind === 'unknown') return { order, unknown: fact.why }
  if (fact.kind !== 'absent') return { order: await settleRefunds(ports, order, fact) }
  const refusal = { err_code: answer.err_code, err_code_des: answer.err_code_des }
  const refused = await settleRefusal(ports, order, out_refund_no, refusal)
  const known = await settleRefunds(ports, refused, await queryRefunds(ports, refused))
  return { order: known, refusal }
}
