import type { Anomaly, AnomalyKind, Goods, MerchantRefunds, Order } from '../../../typings/contract'
import { orderStates } from '../../support/order-states'

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

export const {
  unpaid: order,
  paid,
  refunding,
} = orderStates({
  openid: 'shopper',
  out_trade_no: 'a'.repeat(32),
  total_fee: 1 as Order['total_fee'],
  created_at: T0,
  expires_at: T0 + 30 * 60 * 1000,
  paid_at: T0 + 5000,
  closed_at: T0 + 30 * 60 * 1000,
  refund_requested_at: T0 + 9000,
  refund_settled_at: T0 + 12_000,
})

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
