import type {
  Anomaly,
  AnomalyKind,
  Fen,
  MerchantRefunds,
  Order,
  OrderStatus,
  Refund,
  TradeState,
} from '../../../../typings/contract'
import { LARGE } from './goods'

const MINUTE = 60_000
/** The base of all times: orders are made shortly before the tests run and expire afterwards. */
const NOW = Date.now()

/** The fields of an order that can be long. */
export const LONG = {
  body: '手工挂面家庭分享装（二十四把，附保温袋与贺卡）',
  total_fee: LARGE,
}
const NUMBER = '20260102030405a1b2c3d4e5f6a7b8c9'

/** The owner of all orders, by which CloudBase replaces `{openid}`. */
export const OPENID = 'sample-shopper'

/** Returns an order that can be paid for 25 more minutes. */
export function unpaid(changes: Partial<Order> = {}): Order {
  return {
    _id: NUMBER,
    _openid: OPENID,
    out_trade_no: NUMBER,
    goods_id: 'goods-00',
    body: '鸡蛋干',
    total_fee: 199 as Fen,
    ...state(0, 'NOTPAY', '订单未支付'),
    request: {},
    prepay_id: 'wx0201020304050607',
    time_stamp: '1767294245',
    nonce_str: 'nonce',
    sign: 'SIGN',
    sign_type: 'MD5',
    created_at: NOW - 5 * MINUTE,
    expires_at: NOW + 25 * MINUTE,
    hidden: false,
    rev: 1,
    moved_by: 'sample',
    ...changes,
  }
}

/** Returns an order without payment parameters: WeChat's reply never came. */
export function unpayable(): Order {
  const { prepay_id: _, time_stamp: __, nonce_str: ___, sign: ____, ...order } = unpaid()
  return order
}

export function closing(changes: Partial<Order> = {}): Order {
  return unpaid({ close_requested_at: NOW - MINUTE, rev: 2, ...changes })
}

export function closed(changes: Partial<Order> = {}): Order {
  return unpaid({ ...state(2, 'CLOSED', '订单已关闭'), closed_at: NOW, rev: 3, ...changes })
}

export function paid(changes: Partial<Order> = {}): Order {
  return unpaid({
    ...state(1, 'SUCCESS', '支付成功'),
    transaction_id: '4200001234202601021234567890',
    bank_type: 'CMC_DEBIT',
    trade_type: 'JSAPI',
    paid_at: NOW - 4 * MINUTE,
    paid_fee: changes.total_fee ?? (199 as Fen),
    rev: 2,
    ...changes,
  })
}

/** Returns an order with an anomaly: it was paid with another amount. */
export function odd(changes: Partial<Order> = {}): Order {
  return paid({ anomaly: anomaly('otherAmount'), paid_fee: 198 as Fen, ...changes })
}

/** Returns an anomaly of this kind. */
export function anomaly(kind: AnomalyKind): Anomaly[] {
  return [{ kind, at: NOW, what: 'not as it should be' }]
}

/** Returns an order of which the merchant has refunded a third and is refunding a fifth. */
export function partlyRefunded(changes: Partial<Order> = {}): Order {
  const total = changes.total_fee ?? (199 as Fen)
  return paid({ merchant_refunds: byMerchant(total / 3, total / 5), rev: 3, ...changes })
}

/** Returns an order that the merchant has refunded. */
export function refundedByMerchant(changes: Partial<Order> = {}): Order {
  const merchant_refunds = byMerchant(changes.total_fee ?? 199, 0)
  return paid({ ...state(4, 'REFUNDED', '已退款'), merchant_refunds, rev: 4, ...changes })
}

/** Returns the sums of the merchant's refunds, in fen. */
export function byMerchant(refunded: number, in_flight: number): MerchantRefunds {
  return {
    refunded: Math.floor(refunded) as Fen,
    in_flight: Math.floor(in_flight) as Fen,
    count: 2,
    ...(refunded > 0 && { last_at: NOW - MINUTE }),
  }
}

/** Returns an order that was paid after closing, and whose refund failed. */
export function unrefundedLatePayment(refund: Partial<Refund>): Order {
  const late = { trade_state_desc: '订单关闭后收到付款，正在退款', closed_at: NOW - 5 * MINUTE }
  return refunding({ settled_at: NOW, ...refund }, late)
}

export function refunding(refund: Partial<Refund> = {}, changes: Partial<Order> = {}): Order {
  return paid({
    ...state(3, 'REFUNDING', '正在退款'),
    refund: refundOf(refund),
    rev: 3,
    ...changes,
  })
}

export function refunded(changes: Partial<Order> = {}): Order {
  const refund = refundOf({ state: 'SUCCESS', settled_at: NOW })
  return paid({ ...state(4, 'REFUNDED', '已退款'), refund, rev: 4, ...changes })
}

/** Returns an order that has expired, but that WeChat has not closed yet. */
export function expired(): Order {
  return unpaid({ created_at: NOW - 40 * MINUTE, expires_at: NOW - 10 * MINUTE })
}

/** Returns an order that is paid as before, because the refund failed. */
export function unrefunded(refund: Partial<Refund>): Order {
  return paid({ refund: refundOf({ settled_at: NOW, ...refund }), rev: 4 })
}

function refundOf(refund: Partial<Refund>): Refund {
  return {
    attempt: 1,
    out_refund_no: `${NUMBER}-1`,
    refund_fee: 199 as Fen,
    requested_at: NOW - 2 * MINUTE,
    state: 'PROCESSING',
    ...refund,
  }
}

function state(status: OrderStatus, trade_state: TradeState, trade_state_desc: string) {
  return { status, trade_state, trade_state_desc }
}

const KINDS: ((changes: Partial<Order>) => Order)[] = [
  unpaid,
  paid,
  closing,
  closed,
  (changes) => refunding({}, changes),
  (changes) => refunding({ state: 'CHANGE' }, changes),
  refunded,
  odd,
  partlyRefunded,
]

/** Returns the n-th newest order, from 0: all kinds in turn, with short and with long names. */
export function nthOrder(n: number): Order {
  const out_trade_no = String(n).padStart(32, '0')
  const isLong = Math.floor(n / KINDS.length) % 2 === 1
  return KINDS[n % KINDS.length]!({
    _id: out_trade_no,
    out_trade_no,
    ...(isLong && LONG),
    created_at: NOW - (n + 1) * MINUTE,
  })
}

/** Returns the newest `count` orders, newest first. */
export function orders(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => nthOrder(index))
}
