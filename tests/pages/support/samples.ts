import type { Anomaly, AnomalyKind, Goods, MerchantRefunds, Order } from '../../../typings/contract'

/** 2026-01-02 03:04:05 in Beijing */
export const T0 = Date.UTC(2026, 0, 1, 19, 4, 5)

export function goods(n: number, changes: Partial<Goods> = {}): Goods {
  return {
    _id: `g${String(n).padStart(3, '0')}`,
    name: `商品${n}`,
    description: `说明${n}`,
    price: n as Goods['price'],
    picture: `cloud://env.bucket/goods/g${n}.png`,
    ...changes,
  }
}

/** Returns the first products of the shop. */
export function manyGoods(count: number): Goods[] {
  return Array.from({ length: count }, (_, index) => goods(index + 1))
}

/** Returns an unpaid order that can be paid. */
export function order(changes: Partial<Order> = {}): Order {
  const out_trade_no = changes.out_trade_no ?? 'a'.repeat(32)
  return {
    _id: out_trade_no,
    _openid: 'shopper',
    out_trade_no,
    goods_id: 'g001',
    body: '鸡蛋干',
    total_fee: 1 as Order['total_fee'],
    status: 0,
    trade_state: 'NOTPAY',
    trade_state_desc: '订单未支付',
    request: {},
    prepay_id: 'wx123',
    time_stamp: '1767294245',
    nonce_str: 'nonce',
    sign: 'SIGN',
    sign_type: 'MD5',
    created_at: T0,
    expires_at: T0 + 30 * 60 * 1000,
    hidden: false,
    rev: 1,
    moved_by: 'test',
    ...changes,
  }
}

export function paid(changes: Partial<Order> = {}): Order {
  return order({
    status: 1,
    trade_state: 'SUCCESS',
    trade_state_desc: '支付成功',
    transaction_id: '4200001',
    bank_type: 'CMC_DEBIT',
    trade_type: 'JSAPI',
    paid_at: T0 + 5000,
    rev: 2,
    ...changes,
  })
}

export function refunding(refund: Partial<Order['refund']> = {}): Order {
  return paid({
    status: 3,
    trade_state: 'REFUNDING',
    trade_state_desc: '正在退款',
    rev: 3,
    refund: {
      attempt: 1,
      out_refund_no: `${'a'.repeat(32)}-1`,
      refund_fee: 1 as Order['total_fee'],
      requested_at: T0 + 9000,
      state: 'PROCESSING',
      ...refund,
    },
  })
}

/** Returns anomalies of these kinds, in the given order: the worst first. */
export function anomalies(...kinds: AnomalyKind[]): Anomaly[] {
  return kinds.map((kind) => ({ kind, at: T0, what: 'not as it should be' }))
}

/** Returns a paid order of one yuan, of which the merchant has refunded ¥0.30. */
export function partlyRefunded(
  refunds: Partial<Record<keyof MerchantRefunds, number>> = {},
  changes: Partial<Order> = {},
): Order {
  const merchant_refunds = {
    refunded: 30,
    in_flight: 0,
    count: 1,
    last_at: T0 + 20_000,
    ...refunds,
  }
  return paid({
    total_fee: 100 as Order['total_fee'],
    merchant_refunds: merchant_refunds as MerchantRefunds,
    ...changes,
  })
}

/** Returns the n-th order of the shop, made a minute after the previous one. */
export function nthOrder(n: number): Order {
  const out_trade_no = String(n).padStart(32, '0')
  return order({ out_trade_no, body: `第${n}单`, created_at: T0 + n * 60_000 })
}

/** Returns the orders from one number to another. */
export function orders(from: number, to: number): Order[] {
  return Array.from({ length: to - from + 1 }, (_, index) => nthOrder(from + index))
}

/** Returns the names of these orders as the list shows them: newest first. */
export function bodies(from: number, to: number): string[] {
  return orders(from, to)
    .map(({ body }) => body)
    .toReversed()
}
