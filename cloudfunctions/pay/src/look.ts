import type { Order } from '../../../typings/contract'
import { orderNotFound } from './errors'
import { paymentFact, type PaymentFact } from './facts'
import { mustClose } from './order'
import type { Ports } from './ports'
import { findRefunds, pursueRefund } from './refunding'
import { settlePayment } from './settle'

/**
 * The caller's order. What is asked of WeChat `beside` it is waited for either way and, when the
 * order is not the caller's, dropped unread, so that neither the reply nor its time tells anything
 * of other people's orders.
 * @throws ShopError ORDER_NOT_FOUND
 */
export async function load(
  ports: Ports,
  out_trade_no: string,
  beside?: Promise<unknown>,
): Promise<Order> {
  const order = await ports.orders.get(out_trade_no).finally(() => beside)
  if (order === undefined) throw orderNotFound()
  return order
}

/**
 * The caller's order, and what WeChat says of its payment, asked side by side.
 * @throws ShopError ORDER_NOT_FOUND
 */
export async function lookUp(
  ports: Ports,
  out_trade_no: string,
): Promise<{ order: Order; fact: PaymentFact }> {
  const asked_at = ports.now()
  const answer = ports.wechatPay.orderquery(out_trade_no)
  const order = await load(ports, out_trade_no, answer)
  return { order, fact: paymentFact(await answer, order, asked_at) }
}

/** What WeChat says of the payment of an order that is known to be the caller's. */
export async function askPayment(ports: Ports, order: Order): Promise<PaymentFact> {
  const asked_at = ports.now()
  const answer = await ports.wechatPay.orderquery(order.out_trade_no)
  return paymentFact(answer, order, asked_at)
}

/**
 * Asks WeChat to close the trade. What it answers proves nothing (it documents a refusal within
 * five minutes, and a payer may be faster): only the query that follows moves the order.
 */
export async function closeAtWeChat(ports: Ports, order: Order): Promise<Order> {
  await ports.wechatPay.closeorder(order.out_trade_no)
  return settlePayment(ports, order, await askPayment(ports, order))
}

/** Finishes what a settled order still waits for: closing, a refund in flight, refunds unknown here. */
export async function finish(ports: Ports, order: Order, fact: PaymentFact): Promise<Order> {
  const closed =
    fact.kind === 'unpaid' && mustClose(order, ports.now())
      ? await closeAtWeChat(ports, order)
      : order
  if (closed.status === 1 && fact.kind === 'paid' && fact.refunds) return findRefunds(ports, closed)
  return pursueRefund(ports, closed)
}
