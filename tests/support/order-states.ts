import type { Fen, Order, OrderStatus, Refund, TradeState } from '../../typings/contract'

/** The fields in which the sample orders of page tests and of browser tests differ. */
export interface SampleValues {
  openid: string
  out_trade_no: string
  total_fee: Fen
  /** ms since 1970 */
  created_at: number
  expires_at: number
  paid_at: number
  closed_at: number
  refund_requested_at: number
  refund_settled_at: number
}

/** Returns functions that create an order in each status, as it is stored. */
export function orderStates(values: SampleValues) {
  const { openid, out_trade_no, total_fee, created_at, expires_at, paid_at } = values

  /** Returns an order that can be paid. */
  const unpaid = (changes: Partial<Order> = {}): Order => {
    const number = changes.out_trade_no ?? out_trade_no
    return {
      _id: number,
      _openid: openid,
      out_trade_no: number,
      goods_id: 'g001',
      body: '鸡蛋干',
      total_fee,
      ...state(0, 'NOTPAY', '订单未支付'),
      request: {},
      prepay_id: 'wx123',
      time_stamp: '1767294245',
      nonce_str: 'nonce',
      sign: 'SIGN',
      sign_type: 'MD5',
      created_at,
      expires_at,
      hidden: false,
      rev: 1,
      moved_by: 'test',
      ...changes,
    }
  }

  const closed = (changes: Partial<Order> = {}) =>
    unpaid({
      ...state(2, 'CLOSED', '订单已关闭'),
      closed_at: values.closed_at,
      rev: 3,
      ...changes,
    })

  const paid = (changes: Partial<Order> = {}) =>
    unpaid({
      ...state(1, 'SUCCESS', '支付成功'),
      transaction_id: '4200001234202601021234567890',
      bank_type: 'CMC_DEBIT',
      trade_type: 'JSAPI',
      paid_at,
      paid_fee: changes.total_fee ?? total_fee,
      rev: 2,
      ...changes,
    })

  /** Returns the shop's own refund, of everything that was paid. */
  const refundOf = (refund: Partial<Refund> = {}): Refund => ({
    attempt: 1,
    out_refund_no: `${out_trade_no}-1`,
    refund_fee: total_fee,
    requested_at: values.refund_requested_at,
    state: 'PROCESSING',
    ...refund,
  })

  const refunding = (refund: Partial<Refund> = {}, changes: Partial<Order> = {}) =>
    paid({
      ...state(3, 'REFUNDING', '正在退款'),
      refund: refundOf(refund),
      rev: 3,
      ...changes,
    })

  const refunded = (changes: Partial<Order> = {}) =>
    paid({
      ...state(4, 'REFUNDED', '已退款'),
      refund: refundOf({ state: 'SUCCESS', settled_at: values.refund_settled_at }),
      rev: 4,
      ...changes,
    })

  return { unpaid, closed, paid, refundOf, refunding, refunded }
}

/** Returns the three fields that say an order's status. */
export function state(status: OrderStatus, trade_state: TradeState, trade_state_desc: string) {
  return { status, trade_state, trade_state_desc }
}
