import type { Order } from '../../../typings/contract'
import { orderNotFound } from './errors'
import {
  MAX_REFUNDS,
  paymentFact,
  type PaymentFact,
  type RefundFact,
  refundPage,
  type RefundPage,
  type RefundRecord,
  REFUNDS_PER_PAGE,
} from './facts'
import { validateOrder } from './order'
import type { GatewayReply, Ports } from './ports'

/* Reads the order from the database and its facts from WeChat, without writing. */

/**
 * Reads the caller's order.
 * @param parallel a query to WeChat that runs meanwhile. `load` always waits for it, also if the
 * order is not the caller's, so that neither reply nor duration reveals other shoppers' orders.
 * @throws ShopError ORDER_NOT_FOUND; UNKNOWN if a field of the row has a wrong type
 */
export async function load(
  ports: Ports,
  out_trade_no: string,
  parallel?: Promise<unknown>,
): Promise<Order> {
  const order = await ports.orders.get(out_trade_no).finally(() => parallel)
  if (order === undefined) throw orderNotFound()
  return validateOrder(order)
}

/**
 * Reads the caller's order and, in parallel, queries its payment.
 * @throws ShopError as `load`
 */
export async function loadAndQuery(
  ports: Ports,
  out_trade_no: string,
): Promise<{ order: Order; fact: PaymentFact }> {
  const queried_at = ports.now()
  const reply = ports.wechatPay.orderquery(out_trade_no)
  const order = await load(ports, out_trade_no, reply)
  return { order, fact: paymentFact(await reply, order, queried_at) }
}

/** Queries the payment of an order that is known to be the caller's. */
export async function queryPayment(ports: Ports, order: Order): Promise<PaymentFact> {
  const queried_at = ports.now()
  const reply = await ports.wechatPay.orderquery(order.out_trade_no)
  return paymentFact(reply, order, queried_at)
}

/**
 * Queries one refund.
 * @param reply WeChat's reply about this number, if it was queried already
 */
export async function queryRefund(
  ports: Ports,
  order: Order,
  out_refund_no: string,
  reply?: GatewayReply,
): Promise<RefundFact> {
  const known = reply ?? (await ports.wechatPay.refundquery('out_refund_no', out_refund_no))
  return refundPage(known, order)
}

/** Queries every page of an order's refunds, the shop's and the merchant's. */
export async function queryRefunds(ports: Ports, order: Order): Promise<RefundFact> {
  const refunds: RefundRecord[] = []
  let first: Extract<RefundPage, { kind: 'refunds' }> | undefined
  for (let offset = 0; offset < MAX_REFUNDS; offset += REFUNDS_PER_PAGE) {
    const reply = await ports.wechatPay.refundquery('out_trade_no', order.out_trade_no, offset)
    const page = refundPage(reply, order)
    if (page.kind === 'notFound' && first) break
    if (page.kind !== 'refunds') return page
    first ??= page
    refunds.push(...page.refunds)
    if (page.refunds.length < REFUNDS_PER_PAGE || refunds.length === page.total) break
  }
  // A refund was made between two pages: the list may repeat or lack one.
  if (!first || (first.total ?? refunds.length) !== refunds.length) {
    return { kind: 'unknown', why: 'INCOMPLETE' }
  }
  return { kind: 'refunds', refunds, isComplete: true, payment: first.payment }
}
