import type {
  Anomaly,
  AnomalyKind,
  Fen,
  MerchantRefunds,
  Order,
  Refund,
} from '../../../../typings/contract'
import { orderStates, state } from '../../../support/order-states'
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

export const { unpaid, closed, paid, refundOf, refunding, refunded } = orderStates({
  openid: OPENID,
  out_trade_no: NUMBER,
  total_fee: 199 as Fen,
  created_at: NOW - 5 * MINUTE,
  expires_at: NOW + 25 * MINUTE,
  paid_at: NOW - 4 * MINUTE,
  closed_at: NOW,
  refund_requested_at: NOW - 2 * MINUTE,
  refund_settled_at: NOW,
})

/** Returns an order without payment parameters: WeChat's reply never came. */
export function unpayable(): Order {
  const { prepay_id: _, time_stamp: __, nonce_str: ___, sign: ____, ...order } = unpaid()
  return order
}

export function closing(changes: Partial<Order> = {}): Order {
  return unpaid({ close_requested_at: NOW - MINUTE, rev: 2, ...changes })
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
  const late = {
    trade_state_desc: '订单关闭后收到付款，正在退款',
    closed_at: NOW - 5 * MINUTE,
    anomaly: anomaly('lateRefund'),
  }
  return refunding({ settled_at: NOW, ...refund }, late)
}

/** Returns an order that has expired, but that WeChat has not closed yet. */
export function expired(): Order {
  return unpaid({ created_at: NOW - 40 * MINUTE, expires_at: NOW - 10 * MINUTE })
}

/** Returns an order that is paid as before, because the refund failed. */
export function unrefunded(refund: Partial<Refund>): Order {
  return paid({ refund: refundOf({ settled_at: NOW, ...refund }), rev: 4 })
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
