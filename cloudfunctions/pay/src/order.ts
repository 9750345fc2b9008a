import type { Fen, Order, OrderStatus, TradeState } from '../../../typings/contract'
import { toGatewayTime } from './beijing-time'
import { unknownOutcome } from './errors'
import type { Changes, ShopperPorts } from './ports'

/** The names of the statuses in the code. The database stores the numbers. */
export const STATUS = {
  UNPAID: 0,
  PAID: 1,
  CLOSED: 2,
  REFUNDING: 3,
  REFUNDED: 4,
} as const satisfies Record<string, OrderStatus>

const STATUSES = Object.values(STATUS)

/** WeChat documents that an order cannot be closed within five minutes of ordering (ms). */
const CLOSABLE_AFTER = 5 * 60_000

/** A payment, as WeChat reports it. A refund query returns only its transaction and amount. */
export type Payment = Required<Pick<Order, 'transaction_id' | 'paid_fee'>> &
  Pick<Order, 'bank_type' | 'trade_type' | 'paid_at'>

/** The state of the paid message, which tells the payer that the order is paid. */
export type PaidMessage = NonNullable<Order['message']>

/** What each move writes besides status, trade_state and trade_state_desc. */
interface MoveWrites {
  pay: Payment & { message: PaidMessage }
  close: Required<Pick<Order, 'closed_at'>>
  /** `refund` is missing if the merchant has refunded everything by hand */
  startRefund: Refunds
  completeRefund: Refunds
  returnToPaid: Refunds
  refundLatePayment: Payment & Refunds & { hidden: false }
}

/** The stored fields about an order's refunds. */
type Refunds = Pick<Changes, 'refund' | 'merchant_refunds' | 'anomaly'>

/** A move from one status to another. */
interface Move {
  from: OrderStatus
  to: OrderStatus
  trade_state: TradeState
  trade_state_desc: string
}

/** Every move between statuses. No write changes a status in another way. */
export const MOVES: Readonly<Record<keyof MoveWrites, Move>> = {
  pay: {
    from: STATUS.UNPAID,
    to: STATUS.PAID,
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
  },
  close: {
    from: STATUS.UNPAID,
    to: STATUS.CLOSED,
    trade_state: 'CLOSED',
    trade_state_desc: '已关闭',
  },
  startRefund: {
    from: STATUS.PAID,
    to: STATUS.REFUNDING,
    trade_state: 'REFUNDING',
    trade_state_desc: '正在退款',
  },
  completeRefund: {
    from: STATUS.REFUNDING,
    to: STATUS.REFUNDED,
    trade_state: 'REFUNDED',
    trade_state_desc: '已退款',
  },
  returnToPaid: {
    from: STATUS.REFUNDING,
    to: STATUS.PAID,
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
  },
  refundLatePayment: {
    from: STATUS.CLOSED,
    to: STATUS.REFUNDING,
    trade_state: 'REFUNDING',
    trade_state_desc: '订单关闭后收到付款，正在退款',
  },
}

/** Returns the changes that make a move. */
export function move<M extends keyof MoveWrites>(name: M, writes: MoveWrites[M]): Changes {
  const { to, trade_state, trade_state_desc } = MOVES[name]
  return { ...writes, status: to, trade_state, trade_state_desc }
}

/** Returns whether an order may change from one status to the other. Keeping the status is allowed. */
export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  return from === to || Object.values(MOVES).some((known) => known.from === from && known.to === to)
}

/** Creates a new unpaid order, with the unifiedorder parameters that every call to WeChat repeats. */
export function newOrder(
  ports: ShopperPorts,
  item: { out_trade_no: string; goods_id: string; body: string; total_fee: Fen },
): Order {
  const { settings, openid } = ports
  const created_at = ports.now()
  const expires_at = created_at + settings.order_ttl
  return {
    _id: item.out_trade_no,
    _openid: openid,
    ...item,
    status: STATUS.UNPAID,
    trade_state: 'NOTPAY',
    trade_state_desc: '未支付',
    request: {
      body: item.body,
      total_fee: String(item.total_fee),
      spbill_create_ip: ports.address(),
      notify_url: settings.notify_url,
      time_start: toGatewayTime(created_at),
      time_expire: toGatewayTime(expires_at),
      trade_type: 'JSAPI',
      openid,
      sign_type: settings.sign_type,
    },
    sign_type: settings.sign_type,
    created_at,
    expires_at,
    hidden: false,
    rev: 1,
    moved_by: `${ports.invocation} add`,
    next_check_at: expires_at,
  }
}

/** Returns from when on WeChat accepts closing the order (ms). */
export const closableAt = (order: Order) => order.created_at + CLOSABLE_AFTER

/** Returns whether the shop must ask WeChat to close the order now: it has expired, or the shopper cancelled it. */
export function mustClose(order: Order, now: number): boolean {
  if (order.status !== STATUS.UNPAID) return false
  return now >= order.expires_at || (isCloseRequested(order) && now >= closableAt(order))
}

/** Returns when the order was paid (ms); if WeChat gives no time, when it was created. */
export const paymentTime = ({ paid_at, created_at }: Order) => paid_at ?? created_at

/** Returns whether the shopper, or the limit on unpaid orders, has requested to close the order. */
export const isCloseRequested = (order: Order) => order.close_requested_at !== undefined

/** Checks the type of each field that decisions depend on: a row can be edited in the console. */
const CHECKS: Readonly<Partial<Record<keyof Order, (value: unknown) => boolean>>> = {
  _openid: (value) => typeof value === 'string' && value !== '',
  out_trade_no: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
  total_fee: (value) => isWhole(value) && value >= 1,
  // This cast does not compile while STATUS lacks a status of the contract.
  status: (value) => STATUSES.includes(value as OrderStatus),
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
 * Returns the row unchanged if each field that decisions depend on has its type.
 * @throws ShopError UNKNOWN with the field's name for the log: such a row is not changed
 */
export function validateOrder(row: Order): Order {
  const wrong = Object.entries(CHECKS).find(([name, check]) => !check(row[name as keyof Order]))
  if (wrong) throw unknownOutcome(`MALFORMED_${wrong[0]}`)
  return row
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function optional(check: (value: unknown) => boolean) {
  return (value: unknown) => value === undefined || check(value)
}
