import type { Fen, Order, OrderStatus, Refund, TradeState } from '../../../typings/contract'
import { toGatewayTime } from './beijing-time'
import type { Changes, ShopperPorts } from './ports'

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** WeChat documents that an order cannot be closed within five minutes of ordering. */
export const CLOSABLE_AFTER = 5 * MINUTE

/** What WeChat's answer tells about a payment. */
export type Payment = Required<
  Pick<Order, 'transaction_id' | 'bank_type' | 'trade_type' | 'paid_at' | 'paid_fee'>
>

/** What is known of the message that the order is paid. */
export type PaidMessage = NonNullable<Order['message']>

/** What each move writes beside the status and its words. */
interface MoveWrites {
  pay: Payment & { message: PaidMessage }
  close: Required<Pick<Order, 'closed_at'>>
  askRefund: { refund: Refund }
  settleRefund: { refund: Refund }
  callOffRefund: { refund: Refund }
  refundLatePayment: Payment & { refund: Refund; hidden: false }
}

interface Edge {
  from: OrderStatus
  to: OrderStatus
  trade_state: TradeState
  trade_state_desc: string
}

/** The order's states and every way between them. A status moves along these edges only. */
export const moves: Readonly<Record<keyof MoveWrites, Edge>> = {
  pay: { from: 0, to: 1, trade_state: 'SUCCESS', trade_state_desc: '支付成功' },
  close: { from: 0, to: 2, trade_state: 'CLOSED', trade_state_desc: '已关闭' },
  askRefund: { from: 1, to: 3, trade_state: 'REFUNDING', trade_state_desc: '正在退款' },
  settleRefund: { from: 3, to: 4, trade_state: 'REFUNDED', trade_state_desc: '已退款' },
  callOffRefund: { from: 3, to: 1, trade_state: 'SUCCESS', trade_state_desc: '支付成功' },
  refundLatePayment: {
    from: 2,
    to: 3,
    trade_state: 'REFUNDING',
    trade_state_desc: '订单关闭后收到付款，正在退款',
  },
}

/** The changes that move an order along one edge. */
export function move<M extends keyof MoveWrites>(name: M, writes: MoveWrites[M]): Changes {
  const { to, trade_state, trade_state_desc } = moves[name]
  return { ...writes, status: to, trade_state, trade_state_desc }
}

/** True when the table has an edge between the two, or they are one. */
export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  return from === to || Object.values(moves).some((edge) => edge.from === from && edge.to === to)
}

/** A new unpaid order with its unifiedorder parameters frozen. */
export function newOrder(
  ports: ShopperPorts,
  what: { out_trade_no: string; goods_id: string; body: string; total_fee: Fen },
): Order {
  const { terms, openid } = ports
  const created_at = ports.now()
  const expires_at = created_at + terms.order_ttl
  return {
    _id: what.out_trade_no,
    _openid: openid,
    ...what,
    status: 0,
    trade_state: 'NOTPAY',
    trade_state_desc: '未支付',
    request: {
      body: what.body,
      total_fee: String(what.total_fee),
      spbill_create_ip: ports.address(),
      notify_url: terms.notify_url,
      time_start: toGatewayTime(created_at),
      time_expire: toGatewayTime(expires_at),
      trade_type: 'JSAPI',
      openid,
      sign_type: terms.sign_type,
    },
    sign_type: terms.sign_type,
    created_at,
    expires_at,
    hidden: false,
    rev: 1,
    moved_by: `${ports.invocation} add`,
    next_check_at: expires_at,
  }
}

/**
 * The refund to ask for next. The number grows only after WeChat closed the one before; every
 * repetition uses the same, so that WeChat refunds once.
 */
export function nextRefund(order: Order, requested_at: number): Refund {
  const last = order.refund
  const attempt = (last?.attempt ?? 1) + (last?.state === 'REFUNDCLOSE' ? 1 : 0)
  const out_refund_no = refundNumber(order, attempt)
  return { attempt, out_refund_no, refund_fee: order.total_fee, requested_at, state: 'ASKED' }
}

export const refundNumber = (order: Order, attempt: number) => `${order.out_trade_no}-${attempt}`

/** False for a refund that somebody made in the merchant platform. */
export const isOwnRefund = (order: Order, out_refund_no: string) =>
  out_refund_no.startsWith(`${order.out_trade_no}-`)

/** True while the shopper's wish to cancel, or the end of its time, waits for WeChat to close it. */
export function mustClose(order: Order, now: number): boolean {
  if (order.status !== 0) return false
  if (now >= order.expires_at) return true
  return order.close_requested_at !== undefined && now >= order.created_at + CLOSABLE_AFTER
}

/** When the timer looks again (ms); undefined when nothing can change any more. */
export function nextCheckAt(order: Order, now: number): number | undefined {
  if (order.status === 0) {
    const closing = order.close_requested_at !== undefined
    const due = closing ? order.created_at + CLOSABLE_AFTER : order.expires_at
    return due > now ? due : backOff(due, now)
  }
  if (order.status === 3 && order.refund) {
    return order.refund.state === 'CHANGE' ? now + DAY : backOff(order.refund.requested_at, now)
  }
  if (order.status === 1 && order.refund?.state === 'REFUSED') {
    // An earlier request, still under way, may arrive after WeChat had said that it has none, and
    // nothing tells when that is over: daily in the end, as long as WeChat refunds at all.
    const { paid_at = 0, refund } = order
    if (now < paid_at + YEAR) return backOff(refund.settled_at ?? now, now, DAY)
  }
  if (order.message?.state !== 'owed' || order.paid_at === undefined) return undefined
  return backOff(order.paid_at, now)
}

/** Waits as long again as it has waited since `begin`: a minute at least, `most` at most. */
const backOff = (begin: number, now: number, most = HOUR) =>
  now + Math.min(Math.max(now - begin, MINUTE), most)
