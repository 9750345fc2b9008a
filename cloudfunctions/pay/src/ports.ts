import type { Goods, Order, Refund } from '../../../typings/contract'

/** All that processing an order needs from outside. Only these ports have effects. */
export interface Ports {
  /** a unique id of this invocation, for `moved_by` */
  invocation: string
  settings: ShopSettings
  orders: OrdersPort
  wechatPay: WeChatPayPort
  messages: MessagesPort
  /** ms since 1970 */
  now(): number
}

/** The ports of a shopper's action. Its `orders` are only the shopper's own. */
export interface ShopperPorts extends Ports {
  /** the caller, from the platform; never from an event */
  openid: string
  goods: GoodsPort
  /** 32 random hex characters */
  nonce(): string
  /** this server's address, for spbill_create_ip */
  address(): string
}

/** The merchant's account and the shop's rules, from the deployer's configuration. */
export interface ShopSettings {
  appid: string
  mch_id: string
  notify_url: string
  sign_type: SignType
  /** how long an order can be paid (ms) */
  order_ttl: number
  /** how long after payment shoppers can refund an order themselves (ms) */
  self_refund: number
  /** how many unpaid orders a shopper may have at a time */
  max_unpaid: number
}

export type SignType = Order['sign_type']

/** A goods document as stored. It may have been edited by hand, so no field can be relied on. */
export type StoredGoods = { [K in keyof Goods]?: unknown } & { _openid?: unknown }

export interface GoodsPort {
  get(goods_id: string): Promise<StoredGoods | undefined>
}

/** The fields that a write sets; `undefined` removes the field. */
export type Changes = { [K in keyof Order]?: Order[K] | undefined }

/**
 * The orders of one shopper, or all orders for the shop's own work. A rejection means that the
 * outcome is unknown.
 */
export interface OrdersPort {
  get(out_trade_no: string): Promise<Order | undefined>
  /** Also rejects if an order with this number exists. */
  add(order: Order): Promise<void>
  /** Writes `changes` and returns true if the stored order still has `rev`; otherwise returns false. */
  compareAndSet(order: Pick<Order, '_id' | 'rev'>, changes: Changes): Promise<boolean>
  /** Counts the orders that are 未支付, those that are to be closed included. */
  countUnpaid(): Promise<number>
  /** Returns a page of the orders that are due, in the order of next_check_at, then _id. */
  due(page: DuePage): Promise<Order[]>
}

/** The kinds of work of the timer. Each kind has its own slots. */
export type WorkKind = 'unpaid' | 'refund' | 'message' | 'rest'

/** Which due orders to read. */
export interface DuePage {
  kind: WorkKind
  /** ms since 1970: orders with a later next_check_at are not due */
  now: number
  limit: number
  /** the last order of the previous page */
  after?: Pick<Order, '_id' | 'next_check_at'> | undefined
  /** the openids of shoppers whose orders are skipped */
  without: readonly string[]
}

/** The fields of a reply. */
export type Fields = Readonly<Record<string, string>>

/**
 * The gateway's reply. `ok`: return_code and result_code are SUCCESS, the signature is valid, and
 * appid and mch_id are ours; the caller must still check that it is about our order. `refused`: a
 * definite refusal. `unknown`: there is no reply, it cannot be trusted, or it is a code for which
 * WeChat documents a retry.
 */
export type GatewayReply =
  | { kind: 'ok'; fields: Fields }
  | { kind: 'refused'; err_code: string; err_code_des: string }
  | { kind: 'unknown'; why: string }

/** WeChat Pay V2. Never rejects: a failure is an `unknown` reply. */
export interface WeChatPayPort {
  unifiedorder(order: Pick<Order, 'out_trade_no' | 'request' | 'sign_type'>): Promise<GatewayReply>
  orderquery(out_trade_no: string): Promise<GatewayReply>
  closeorder(out_trade_no: string): Promise<GatewayReply>
  refund(
    order: Pick<Order, 'out_trade_no' | 'total_fee'>,
    refund: Pick<Refund, 'out_refund_no' | 'refund_fee'>,
  ): Promise<GatewayReply>
  /** Queries one refund, or ten refunds of an order from `offset` on, which counts from 0. */
  refundquery(
    by: 'out_refund_no' | 'out_trade_no',
    number: string,
    offset?: number,
  ): Promise<GatewayReply>
  /** Signs the fields for wx.requestPayment. */
  paySign(fields: PaySignFields): string
  /**
   * Reads the body of a notification; undefined unless it is from WeChat and for our account. What it
   * says about money is not returned: a notification is only a reason to query.
   */
  readNotification(body: string): Notification | undefined
}

/** What a notification is about. */
export type Notification =
  /** `sign_type`: the algorithm that it was signed with */
  | { kind: 'payment'; out_trade_no: string; sign_type: SignType }
  /** encrypted but not signed: it could be forged from an older notification */
  | { kind: 'refund'; out_trade_no: string; out_refund_no: string | undefined }

/** The fields that a paySign signs, as the order stores them. */
export type PaySignFields = Required<
  Pick<Order, 'prepay_id' | 'time_stamp' | 'nonce_str' | 'sign_type'>
>

export interface MessagesPort {
  /**
   * Sends the paid message to the payer. `refused`: it must not be sent again. `later`: a definite
   * temporary refusal. `unknown`: it may have been sent. Never rejects.
   */
  send(order: Order): Promise<'sent' | 'refused' | 'later' | 'unknown'>
}
