import type { Fen, Order, OrderStatus, TradeState } from '../../../typings/contract'
import { toGatewayTime } from './beijing-time'
import { unknownOutcome } from './errors'
import type { Changes, ShopperPorts } from './ports'

/** WeChat documents that an order cannot be closed within five minutes of ordering. */
const CLOSABLE_AFTER = 5 * 60_000

/** What WeChat's answer says of a payment. A refund query knows only the transaction and the amount. */
export type Payment = Required<Pick<Order, 'transaction_id' | 'paid_fee'>> &
  Pick<Order, 'bank_type' | 'trade_type' | 'paid_at'>

/** What is known of the message that the order is paid. */
export type PaidMessage = NonNullable<Order['message']>

/** What each move writes beside the status and its words. */
interface MoveWrites {
  pay: Payment & { message: PaidMessage }
  close: Required<Pick<Order, 'closed_at'>>
  /** without a refund of the shop's own where the merchant has refunded everything by hand */
  askRefund: Refunds
  settleRefund: Refunds
  callOffRefund: Refunds
  refundLatePayment: Payment & Refunds & { hidden: false }
}

/** What is known of the refunds of an order, as far as it is written. */
type Refunds = Pick<Changes, 'refund' | 'merchant_refunds' | 'anomaly'>

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

/** When WeChat closes the order if it is asked to (ms): not before, when it refuses anyway. */
export const closableAt = (order: Order) => order.created_at + CLOSABLE_AFTER

/** True while the shopper's wish to cancel, or the end of its time, waits for WeChat to close it. */
export function mustClose(order: Order, now: number): boolean {
  if (order.status !== 0) return false
  return now >= order.expires_at || (isClosing(order) && now >= closableAt(order))
}

/** When the order was paid (ms), or at the earliest, where WeChat does not say it. */
export const paidSince = ({ paid_at, created_at }: Order) => paid_at ?? created_at

/** True once the shopper has wished to cancel the order. */
export const isClosing = (order: Order) => order.close_requested_at !== undefined

/** Whether each field that a decision rests on has its type: anyone can edit a row in the console. */
const FORMS: Readonly<Partial<Record<keyof Order, (value: unknown) => boolean>>> = {
  _openid: (value) => typeof value === 'string' && value !== '',
  out_trade_no: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
  total_fee: (value) => isWhole(value) && value >= 1,
  status: (value) => isWhole(value) && value >= 0 && value <= 4,
  request: (value) => isObject(value) && Object.values(value).every((v) => typeof v === 'string'),
  sign_type: (value) => value === 'MD5' || value === 'HMAC-SHA256',
  created_at: isWhole,
  expires_at: isWhole,
  rev: (value) => isWhole(value) && value >= 1,
  close_requested_at: optional(isWhole),
  paid_at: optional(isWhole),
  paid_fee: optional(isWhole),
  missing_since: optional(isWhole),
  refund: optional(
    (value) =>
      isObject(value) &&
      typeof value['state'] === 'string' &&
      typeof value['out_refund_no'] === 'string' &&
      ['attempt', 'refund_fee', 'requested_at'].every((name) => isWhole(value[name])) &&
      optional(isWhole)(value['settled_at']),
  ),
  merchant_refunds: optional(
    (value) => isObject(value) && isWhole(value['refunded']) && isWhole(value['in_flight']),
  ),
  message: optional(isObject),
  anomaly: optional(Array.isArray),
}

/**
 * The row as it is, if every field that a decision rests on has its type.
 * @throws ShopError UNKNOWN with the field's name for the log: such a row is not touched
 */
export function wellFormed(row: Order): Order {
  const wrong = Object.entries(FORMS).find(([name, form]) => !form(row[name as keyof Order]))
  if (wrong) throw unknownOutcome(`MALFORMED_${wrong[0]}`)
  return row
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function optional(form: (value: unknown) => boolean) {
  return (value: unknown) => value === undefined || form(value)
}
