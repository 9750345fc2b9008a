import type { Order } from '../../../typings/contract'
import { settleFact } from '../../pay/src/finish'
import { STATUS, validateOrder } from '../../pay/src/order'
import type { Notification, Ports } from '../../pay/src/ports'
import { queryPayment, queryRefunds } from '../../pay/src/query'
import { settleRefunds } from '../../pay/src/settle'

type PaymentNotification = Extract<Notification, { kind: 'payment' }>
type RefundNotification = Extract<Notification, { kind: 'refund' }>

/**
 * Processes a notification of WeChat Pay, about a payment or a settled refund. What it says is not
 * trusted: it is only a reason to query.
 * @returns whether to acknowledge it; if not, WeChat sends it again
 */
export async function handleNotification(ports: Ports, body: string): Promise<boolean> {
  // These checks come before the database read, so that a forged notification costs none.
  const notification = ports.wechatPay.readNotification(body)
  if (!notification) return false
  const row = await ports.orders.get(notification.out_trade_no)
  if (!row) return false
  const order = validateOrder(row)
  return notification.kind === 'payment'
    ? handlePayment(ports, order, notification)
    : handleRefund(ports, order, notification)
}

async function handlePayment(
  ports: Ports,
  order: Order,
  { sign_type }: PaymentNotification,
): Promise<boolean> {
  if (order.sign_type !== sign_type) return false
  const fact = await queryPayment(ports, order)
  const { order: settled } = await settleFact(ports, order, fact)
  // A wrong amount is recorded as an anomaly; sending the notification again would change nothing.
  return fact.kind === 'otherAmount' || (fact.kind === 'paid' && isPaid(settled))
}

async function handleRefund(
  ports: Ports,
  stored: Order,
  { out_refund_no }: RefundNotification,
): Promise<boolean> {
  const order = isPaid(stored)
    ? stored
    : (await settleFact(ports, stored, await queryPayment(ports, stored))).order
  if (!isPaid(order)) return false
  // The query reads all refunds, because the settled one may be an earlier attempt or one that the
  // merchant made by hand.
  const fact = await queryRefunds(ports, order)
  if (fact.kind !== 'refunds') return false
  const named = fact.refunds.find((refund) => refund.out_refund_no === out_refund_no)
  if (!named || named.state === 'PROCESSING') return false
  await settleRefunds(ports, order, fact)
  return true
}

/** Returns whether the payment is known: the order is paid, being refunded or refunded. */
const isPaid = ({ status }: Order) => status !== STATUS.UNPAID && status !== STATUS.CLOSED
