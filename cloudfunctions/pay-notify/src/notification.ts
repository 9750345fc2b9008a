import type { Order } from '../../../typings/contract'
import { settleAnswer } from '../../pay/src/finish'
import { wellFormed } from '../../pay/src/order'
import type { Notification, Ports } from '../../pay/src/ports'
import { queryPayment, queryRefunds } from '../../pay/src/query'
import { settleRefunds } from '../../pay/src/settle'

type PaymentNotification = Extract<Notification, { kind: 'payment' }>
type RefundNotification = Extract<Notification, { kind: 'refund' }>

/**
 * Processes what WeChat Pay posts: a payment, or a refund that settled. Neither is believed: each is
 * a reason to query.
 * @returns whether everything is done that it gave reason to; else WeChat sends it again
 */
export async function takeNotification(ports: Ports, body: string): Promise<boolean> {
  // Whatever can be checked without the order comes first: a forged notification costs no reading.
  const notification = ports.wechatPay.readNotification(body)
  if (!notification) return false
  const row = await ports.orders.get(notification.out_trade_no)
  if (!row) return false
  const order = wellFormed(row)
  return notification.kind === 'payment'
    ? takePayment(ports, order, notification)
    : takeRefund(ports, order, notification)
}

async function takePayment(
  ports: Ports,
  order: Order,
  { sign_type }: PaymentNotification,
): Promise<boolean> {
  if (order.sign_type !== sign_type) return false
  const fact = await queryPayment(ports, order)
  const { order: settled } = await settleAnswer(ports, order, fact)
  // A payment of another amount is noted; sending it again would change nothing.
  return fact.kind === 'otherAmount' || (fact.kind === 'paid' && isPaid(settled))
}

async function takeRefund(
  ports: Ports,
  found: Order,
  { out_refund_no }: RefundNotification,
): Promise<boolean> {
  const order = isPaid(found)
    ? found
    : (await settleAnswer(ports, found, await queryPayment(ports, found))).order
  if (!isPaid(order)) return false
  // Only the query counts. It asks for all refunds: the one that settled may be an earlier attempt,
  // or have been made in the merchant platform.
  const fact = await queryRefunds(ports, order)
  if (fact.kind !== 'refunds') return false
  const named = fact.refunds.find((refund) => refund.out_refund_no === out_refund_no)
  if (!named || named.state === 'PROCESSING') return false
  await settleRefunds(ports, order, fact)
  return true
}

const isPaid = ({ status }: Order) => status !== 0 && status !== 2
