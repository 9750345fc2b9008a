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
/** Orders are made a while before the tests run: the phone may count down to when they expire. */
const NOW = Date.now()

/** What is long about an order. */
export const long = {
  body: '手工挂面家庭分享装（二十四把，附保温袋与贺卡）',
  total_fee: LARGE,
}
const NUMBER = '20260102030405a1b2c3d4e5f6a7b8c9'

/** Whose orders all of them are: what CloudBase puts in place of `{openid}`. */
export const OPENID = 'sample-shopper'

/** An order that can be paid for 25 more minutes. */
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

/** One that lacks what it takes to pay: WeChat's answer never came. */
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

/** Something that a person must look at. */
export function odd(changes: Partial<Order> = {}): Order {
  return paid({ anomaly: anomaly('otherAmount'), paid_fee: 198 as Fen, ...changes })
}

/** What a person must look at. */
export function anomaly(kind: AnomalyKind): Anomaly[] {
  return [{ kind, at: NOW, what: 'not as it should be' }]
}

/** One of which the merchant has refunded a third by hand, and is refunding a fifth. */
export function partlyRefunded(changes: Partial<Order> = {}): Order {
  const total = changes.total_fee ?? (199 as Fen)
  return paid({ merchant_refunds: byMerchant(total / 3, total / 5), rev: 3, ...changes })
}

/** One that the merchant has refunded by hand. */
export function refundedByMerchant(changes: Partial<Order> = {}): Order {
  const merchant_refunds = byMerchant(changes.total_fee ?? 199, 0)
  return paid({ ...state(4, 'REFUNDED', '已退款'), merchant_refunds, rev: 4, ...changes })
}

/** The refunds that the merchant made by hand, in fen. */
export function byMerchant(refunded: number, in_flight: number): MerchantRefunds {
  return {
    refunded: Math.floor(refunded) as Fen,
    in_flight: Math.floor(in_flight) as Fen,
    count: 2,
    ...(refunded > 0 && { last_at: NOW - MINUTE }),
  }
}

/** A payment that came after closing, and whose refund failed. */
export function unrefundedLatePayment(refund: Partial<Refund>): Order {
  const late = { trade_state_desc: '订单关闭后收到付款，正在退款', closed_at: NOW - 5 * MINUTE }
  return refunding({ settled_at: NOW, ...refund }, late)
}

export function refunding(refund: Partial<Refund> = {}, changes: Partial<Order> = {}): Order {
  return paid({ ...state(3, 'REFUNDING', '正在退款'), refund: asked(refund), rev: 3, ...changes })
}

export function refunded(changes: Partial<Order> = {}): Order {
  const refund = asked({ state: 'SUCCESS', settled_at: NOW })
  return paid({ ...state(4, 'REFUNDED', '已退款'), refund, rev: 4, ...changes })
}

/** One whose time to pay is over, but which WeChat has not closed yet. */
export function expired(): Order {
  return unpaid({ created_at: NOW - 40 * MINUTE, expires_at: NOW - 10 * MINUTE })
}

/** Paid as before, because the refund came to nothing. */
export function unrefunded(refund: Partial<Refund>): Order {
  return paid({ refund: asked({ settled_at: NOW, ...refund }), rev: 4 })
}

function asked(refund: Partial<Refund>): Refund {
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

const kinds: ((changes: Partial<Order>) => Order)[] = [
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

/** The n-th newest order, from 0: one of each kind after the other, with short and with long names. */
export function nthOrder(n: number): Order {
  const out_trade_no = String(n).padStart(32, '0')
  const isLong = Math.floor(n / kinds.length) % 2 === 1
  return kinds[n % kinds.length]!({
    _id: out_trade_no,
    out_trade_no,
    ...(isLong && long),
    created_at: NOW - (n + 1) * MINUTE,
  })
}

/** The newest `count` orders, newest first. */
export function orders(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => nthOrder(index))
}
