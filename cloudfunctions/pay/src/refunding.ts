import type { Order } from '../../../typings/contract'
import { change } from './change'
import { refundFact, type RefundFact } from './facts'
import { isOwnRefund, move } from './order'
import type { Answer, Ports } from './ports'
import { anomaly, settleRefund, settleRefunds } from './settle'

/**
 * Finds out what became of the refund in flight and, where WeChat has nothing recorded, asks for it
 * again, with the same number. Does nothing unless the order is 正在退款.
 * @param answer WeChat's, when it has been asked already, about this out_refund_no
 */
export async function pursueRefund(ports: Ports, order: Order, answer?: Answer): Promise<Order> {
  if (order.status !== 3 || !order.refund) return order
  // Refunds made by hand were taken over, and only all of them together are what was paid.
  if (!isOwnRefund(order, order.refund.out_refund_no)) return findRefunds(ports, order)
  const { out_refund_no } = order.refund
  const said = answer ?? (await ports.wechatPay.refundquery('out_refund_no', out_refund_no))
  const fact = refundFact(said, order)
  const settled = await settleRefund(ports, order, fact)
  const anew = settled.refund?.out_refund_no !== out_refund_no
  if (settled.status !== 3 || !(fact.kind === 'absent' || anew)) return settled
  const sent = await sendRefund(ports, settled)
  // A late payment that WeChat refuses to refund: a person may have refunded it by hand.
  const owed = sent.outcome === 'refused' && sent.order.status === 3
  return owed ? findRefunds(ports, sent.order) : sent.order
}

/** What came of asking for a refund, and the order as it then is. */
export interface Sent {
  order: Order
  /** `refused`: WeChat said no and has nothing recorded. `unknown`: the order stays 正在退款. */
  outcome: 'accepted' | 'refused' | 'unknown'
  why?: string
}

/** Asks WeChat for the refund that the order's intent names. An acceptance settles nothing. */
export async function sendRefund(ports: Ports, order: Order): Promise<Sent> {
  const { refund } = order
  if (!refund) return { order, outcome: 'unknown', why: 'NO_INTENT' }
  const { out_refund_no } = refund
  const answer = await ports.wechatPay.refund(order, refund)
  if (answer.kind === 'ok') return { order, outcome: 'accepted' }
  if (answer.kind === 'unknown') return { order, outcome: 'unknown', why: answer.why }

  // A refusal proves nothing about earlier requests with this number. Only a query does.
  const recorded = await ports.wechatPay.refundquery('out_refund_no', out_refund_no)
  const fact = refundFact(recorded, order)
  if (fact.kind === 'unknown') return { order, outcome: 'unknown', why: fact.why }
  if (fact.kind === 'refunds') {
    return { order: await settleRefund(ports, order, fact), outcome: 'accepted' }
  }
  const { err_code, err_code_des } = answer
  const refused = await change(ports, order, 'refund refused', (now) => {
    if (now.status !== 3 || now.refund?.out_refund_no !== out_refund_no) return undefined
    // A payment that came after closing is owed back, refused or not.
    if (now.closed_at !== undefined) {
      return anomaly(ports, now, `refund of a late payment refused: ${err_code}`)
    }
    const said = { settled_at: ports.now(), refusal: { err_code, err_code_des } }
    return move('callOffRefund', { refund: { ...now.refund, state: 'REFUSED', ...said } })
  })
  return { order: refused, outcome: 'refused' }
}

/** Takes in refunds that WeChat has of an order and that are not known here. */
export async function findRefunds(ports: Ports, order: Order): Promise<Order> {
  return settleRefunds(ports, order, await askRefunds(ports, order))
}

/** What WeChat says of all refunds of an order, whoever made them. */
export async function askRefunds(ports: Ports, order: Order): Promise<RefundFact> {
  const answer = await ports.wechatPay.refundquery('out_trade_no', order.out_trade_no)
  return refundFact(answer, order)
}
