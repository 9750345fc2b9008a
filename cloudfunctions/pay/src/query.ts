import type { Order } from '../../../typings/contract'
import { orderNotFound } from './errors'
import {
  MOST_REFUNDS,
  paymentFact,
  type PaymentFact,
  type RefundFact,
  refundPage,
  type RefundPage,
  type RefundRecord,
  REFUNDS_A_PAGE,
} from './facts'
import { wellFormed } from './order'
import type { GatewayReply, Ports } from './ports'

/* Reads the order from the database and its facts from WeChat. Nothing here changes anything. */

/**
 * The caller's order. What is asked of WeChat `beside` it is waited for either way and, when the
 * order is not the caller's, dropped unread, so that neither the reply nor its time tells anything
 * of other people's orders.
 * @throws ShopError ORDER_NOT_FOUND; UNKNOWN when a field of the row has a wrong type
 */
export async function load(
  ports: Ports,
  out_trade_no: string,
  beside?: Promise<unknown>,
): Promise<Order> {
  const order = await ports.orders.get(out_trade_no).finally(() => beside)
  if (order === undefined) throw orderNotFound()
  return wellFormed(order)
}

/**
 * The caller's order, and what WeChat says of its payment, asked side by side.
 * @throws ShopError as `load`
 */
export async function loadAndQuery(
  ports: Ports,
  out_trade_no: string,
): Promise<{ order: Order; fact: PaymentFact }> {
  const asked_at = ports.now()
  const answer = ports.wechatPay.orderquery(out_trade_no)
  const order = await load(ports, out_trade_no, answer)
  return { order, fact: paymentFact(await answer, order, asked_at) }
}

/** What WeChat says of the payment of an order that is known to be the caller's. */
export async function queryPayment(ports: Ports, order: Order): Promise<PaymentFact> {
  const asked_at = ports.now()
  const answer = await ports.wechatPay.orderquery(order.out_trade_no)
  return paymentFact(answer, order, asked_at)
}

/**
 * What WeChat says of one refund.
 * @param answer WeChat's, when it has been asked about this number already
 */
export async function queryRefund(
  ports: Ports,
  order: Order,
  out_refund_no: string,
  answer?: GatewayReply,
): Promise<RefundFact> {
  const said = answer ?? (await ports.wechatPay.refundquery('out_refund_no', out_refund_no))
  return refundPage(said, order)
}

/** What WeChat says of all refunds of an order, the shop’s and the merchant’s: every page. */
export async function queryRefunds(ports: Ports, order: Order): Promise<RefundFact> {
  const refunds: RefundRecord[] = []
  let first: Extract<RefundPage, { kind: 'refunds' }> | undefined
  for (let offset = 0; offset < MOST_REFUNDS; offset += REFUNDS_A_PAGE) {
    const answer = await ports.wechatPay.refundquery('out_trade_no', order.out_trade_no, offset)
    const page = refundPage(answer, order)
    if (page.kind === 'absent' && first) break
    if (page.kind !== 'refunds') return page
    first ??= page
    refunds.push(...page.refunds)
    if (page.refunds.length < REFUNDS_A_PAGE || refunds.length === page.total) break
  }
  // A refund that was made between two pages: the list may have it twice, or lack another.
  if (!first || (first.total ?? refunds.length) !== refunds.length) {
    return { kind: 'unknown', why: 'INCOMPLETE' }
  }
  return { kind: 'refunds', refunds, isComplete: true, payment: first.payment }
}
