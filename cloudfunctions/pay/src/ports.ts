import type { Goods, Order, Refund } from '../../../typings/contract'

/** Everything that is needed from outside to look after an order. Nothing else here has an effect. */
export interface Ports {
  /** names this invocation in `moved_by`: no other has the same */
  invocation: string
  terms: Terms
  orders: OrdersPort
  wechatPay: WeChatPayPort
  messages: MessagesPort
  /** ms since 1970 */
  now(): number
}

/** What a shopper's action has besides; its `orders` are the shopper's own. */
export interface ShopperPorts extends Ports {
  /** who calls, as the platform says; nothing in an event is believed about that */
  openid: string
  goods: GoodsPort
  /** 32 hex characters that nobody can guess */
  nonce(): string
  /** this server's address, for spbill_create_ip */
  address(): string
}

/** What the deployer's configuration fixes. */
export interface Terms {
  appid: string
  mch_id: string
  notify_url: string
  sign_type: SignType
  /** ms that an order can be paid for */
  order_ttl: number
  /** ms after payment within which shoppers refund themselves */
  self_refund: number
  /** how many unpaid orders a shopper may have at a time */
  max_unpaid: number
}

export type SignType = Order['sign_type']

/** A goods document as it lies in the database: anyone may have written it, so nothing is sure. */
export type StoredGoods = { [K in keyof Goods]?: unknown } & { _openid?: unknown }

export interface GoodsPort {
  get(goods_id: string): Promise<StoredGoods | undefined>
}

/** What a write changes; `undefined` removes the field. */
export type Changes = { [K in keyof Order]?: Order[K] | undefined }

/**
 * The orders of one shopper (somebody else's are not there), or of all for the shop's own work. A
 * rejection means that the outcome is unknown.
 */
export interface OrdersPort {
  get(out_trade_no: string): Promise<Order | undefined>
  /** Rejects when there is one of this number already, too. */
  add(order: Order): Promise<void>
  /** Writes `changes` if the order still has `rev`; false when it has not. */
  compareAndSet(order: Pick<Order, '_id' | 'rev'>, changes: Changes): Promise<boolean>
  /** How many orders are 未支付: those that WeChat may know of, or that the timer must close. */
  countUnpaid(): Promise<number>
  /** Orders whose next_check_at (ms) has come by `now`, the longest due first, at most `limit`. */
  due(page: DuePage): Promise<Order[]>
}

/** The kinds of work that the timer has, each with slots of its own. */
export type WorkKind = 'closing' | 'refund' | 'message' | 'rest'

/** Which due orders are read. */
export interface DuePage {
  kind: WorkKind
  /** ms since 1970 */
  now: number
  limit: number
  /** the last order of the page before */
  after?: Pick<Order, '_id' | 'next_check_at'> | undefined
  /** shoppers (openids) whose orders are left out */
  without: readonly string[]
}

/** The fields of a reply: strings, nothing else. */
export type Fields = Readonly<Record<string, string>>

/**
 * What the gateway answered. `ok`: return_code and result_code are SUCCESS, the signature holds, and
 * appid and mch_id are ours; whether it speaks of our order is for the reader to check. `refused`: a
 * definite no. `unknown`: no answer, none that can be trusted, or one that WeChat documents as "ask
 * again".
 */
export type GatewayReply =
  | { kind: 'ok'; fields: Fields }
  | { kind: 'refused'; err_code: string; err_code_des: string }
  | { kind: 'unknown'; why: string }

/** WeChat Pay V2. Never rejects: what went wrong is an `unknown` answer. */
export interface WeChatPayPort {
  unifiedorder(order: Pick<Order, 'out_trade_no' | 'request' | 'sign_type'>): Promise<GatewayReply>
  orderquery(out_trade_no: string): Promise<GatewayReply>
  closeorder(out_trade_no: string): Promise<GatewayReply>
  refund(
    order: Pick<Order, 'out_trade_no' | 'total_fee'>,
    refund: Pick<Refund, 'out_refund_no' | 'refund_fee'>,
  ): Promise<GatewayReply>
  /** One refund, or ten of an order from the `offset`-th on, counted from 0. */
  refundquery(
    by: 'out_refund_no' | 'out_trade_no',
    number: string,
    offset?: number,
  ): Promise<GatewayReply>
  /** What wx.requestPayment wants beside these fields. */
  paySign(fields: PaySignFields): string
  /**
   * Reads what was posted as a notification; undefined unless it is WeChat's and about our account.
   * Nothing that it says of money goes on: it is a reason to query.
   */
  readNotification(body: string): Notification | undefined
}

/** What a notification is about. */
export type Notification =
  /** `sign_type`: the algorithm of its signature */
  | { kind: 'payment'; out_trade_no: string; sign_type: SignType }
  /** encrypted, not signed: anyone who saw another one could have built it */
  | { kind: 'refund'; out_trade_no: string; out_refund_no: string | undefined }

/** What a paySign is over, as the order has it. */
export type PaySignFields = Required<
  Pick<Order, 'prepay_id' | 'time_stamp' | 'nonce_str' | 'sign_type'>
>

export interface MessagesPort {
  /**
   * Tells the payer that the order is paid. `refused`: never again. `later`: a definite temporary
   * refusal. `unknown`: perhaps sent. Never rejects.
   */
  send(order: Order): Promise<'sent' | 'refused' | 'later' | 'unknown'>
}
