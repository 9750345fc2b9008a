import { handleNotification } from '../../../cloudfunctions/pay-notify/src/notification'
import { reconcile, type Stopwatch } from '../../../cloudfunctions/pay-reconcile/src/reconcile'
import { handleCall } from '../../../cloudfunctions/pay/src/handle-call'
import type { Ports, ShopperPorts, ShopSettings } from '../../../cloudfunctions/pay/src/ports'
import { Database } from '../../../simulator/cloudbase/database/database'
import { type Doc, Store } from '../../../simulator/kit/store'
import { openidOf } from '../../../simulator/settings/identity'
import { Ledger } from '../../../simulator/wechat-pay/ledger'
import { Payer } from '../../../simulator/wechat-pay/payer'
import type { Order, PayReply } from '../../../typings/contract'
import { CRASHED, Invocation, type Hook } from './invocation'
import { memoryGateway } from './memory-gateway'
import { memoryGoods, memoryMessages, memoryOrders } from './memory-ports'
import { account, GOODS, SETTINGS } from './merchant'
import { paymentNotification, refundNotifications } from './notifications'
import { Random } from './random'
import { copyOf, recording, type Write } from './recording'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The shop's code under test; a patched copy can replace it. */
export interface ShopCode {
  handleCall: typeof handleCall
  reconcile: typeof reconcile
  handleNotification: typeof handleNotification
  /** the shop's own adapters of CloudBase and WeChat Pay; replace the memory ports */
  adapters?(
    simulation: Simulation,
    invocation: Invocation,
    owner: { _openid?: string },
  ): Pick<Ports, 'orders' | 'wechatPay'>
}

export interface SimulationOptions {
  seed?: number
  settings?: Partial<ShopSettings>
  goods?: readonly Doc[]
  shop?: ShopCode
  /** ms that a refund is PROCESSING */
  refundEndsAfterMs?: number
}

/** One run of a function. `openid` is absent for the shop's own runs. */
export interface RecordedCall {
  invocation: string
  openid?: string
  event?: { type: string; data: unknown }
  reply?: PayReply
}

/**
 * The shop, its database and WeChat Pay in one process without sockets: the shop's own code runs on
 * memory ports over the simulator's database and ledger. The seed and the sequence of calls decide
 * everything that happens.
 */
export class Simulation {
  /** ms since 1970; moves by `advance` alone */
  readonly clock = new SimulationClock()
  readonly database: Database
  readonly ledger: Ledger
  readonly payer: Payer
  readonly settings: ShopSettings
  /** the history that the checker reads */
  readonly writes: Write[] = []
  readonly runs: RecordedCall[] = []
  /** the order number of each delivered message */
  readonly delivered: string[] = []
  /** requests whose caller has given up and that have not reached WeChat yet */
  readonly pendingRequests: (() => void)[] = []
  readonly #options: SimulationOptions
  readonly #random: Random
  readonly #shop: ShopCode
  readonly #documents: Store
  readonly #ledgerStore: Store
  #digits: number

  /** @param original a simulation to copy */
  constructor(options: SimulationOptions = {}, original?: Simulation) {
    this.#options = options
    this.#random = original ? original.#random.copy() : new Random(options.seed ?? 1)
    this.#shop = options.shop ?? { handleCall, reconcile, handleNotification }
    this.#digits = original ? original.#digits : 0
    this.settings = { ...SETTINGS, ...options.settings }
    this.#documents = original ? copyOf(original.#documents) : Store.open()
    this.#ledgerStore = original ? copyOf(original.#ledgerStore) : Store.open()
    this.database = new Database(recording(this.#documents, this.writes), this.clock)
    if (original) this.#copyHistory(original)
    else this.#addGoods(options.goods ?? GOODS)
    this.ledger = new Ledger({
      store: this.#ledgerStore,
      clock: this.clock,
      digits: (length) => String(++this.#digits).padStart(length, '0'),
      refundEndsAfterMs: options.refundEndsAfterMs ?? 3000,
    })
    this.payer = new Payer(account, this.ledger, this.clock, () => {})
  }

  /** Returns an independent copy of the present state. Pending requests are not copied. */
  copy(): Simulation {
    return new Simulation(this.#options, this)
  }

  putGoods({ _id, ...fields }: Doc): void {
    this.database.replace('goods', { _id }, fields)
  }

  /** Returns all stored orders. */
  orders(): Order[] {
    return this.database.find('orders', { query: {} }) as unknown as Order[]
  }

  order(out_trade_no: string): Order | undefined {
    return this.database.get('orders', out_trade_no) as Order | undefined
  }

  /** Returns the order numbers of all trades at the gateway. */
  trades(): string[] {
    return [...this.#ledgerStore.values('trades')].map(({ _id }) => _id)
  }

  /** Returns a new idempotency key. */
  key(): string {
    return this.#random.hex(32)
  }

  /** Calls `pay` as shopper 1, 2, …. */
  async call(
    shopper: number,
    type: string,
    data: unknown,
    hook?: Hook,
  ): Promise<PayReply | typeof CRASHED> {
    const openid = openidOf(shopper)
    const { run, invocation } = this.#begin(hook, { openid, event: { type, data } })
    const ports = () => this.shopperPorts(openid, invocation)
    const call = this.#shop.handleCall(ports, { type, data }).then(({ reply }) => reply)
    const reply = await Promise.race([call, invocation.crashed])
    if (reply !== CRASHED) run.reply = reply
    return reply
  }

  /** Runs pay-reconcile as the timer does. */
  async reconcile(hook?: Hook): Promise<{ done: number; failed: number } | typeof CRASHED> {
    const { invocation } = this.#begin(hook)
    const run = this.#shop.reconcile(this.shopPorts(invocation), 35_000, zeroStopwatch)
    const counts = run.then(({ done, failed }) => ({ done, failed }))
    return Promise.race([counts, invocation.crashed])
  }

  /** Posts `body` to pay-notify. @returns whether the reply was SUCCESS */
  async notify(body: string, hook?: Hook): Promise<boolean | typeof CRASHED> {
    const { invocation } = this.#begin(hook)
    const taken = this.#shop.handleNotification(this.shopPorts(invocation), body)
    return Promise.race([taken.catch(() => false), invocation.crashed])
  }

  /** Confirms the payment sheet of the stored order as its owner. @returns whether it was paid */
  pay(out_trade_no: string): boolean {
    const order = this.order(out_trade_no)
    if (order?.prepay_id === undefined) return false
    const { ok } = this.payer.confirm(order._openid, {
      timeStamp: order.time_stamp,
      nonceStr: order.nonce_str,
      package: `prepay_id=${order.prepay_id}`,
      signType: order.sign_type,
      paySign: order.sign,
    })
    return ok
  }

  /** Lets the n-th pending request reach WeChat. */
  deliverRequest(n = 0): void {
    this.pendingRequests.splice(n, 1)[0]?.()
  }

  /** Returns the body that WeChat posts about the payment; undefined for an unpaid trade. */
  paymentNotification(out_trade_no: string): string | undefined {
    return paymentNotification(this.ledger, account, out_trade_no)
  }

  /** Returns the bodies that WeChat posts, one for each ended refund of the trade. */
  refundNotifications(out_trade_no: string): string[] {
    return refundNotifications(this.ledger, account, out_trade_no, this.clock.now())
  }

  shopPorts(invocation: Invocation): Ports {
    return {
      invocation: invocation.id,
      settings: this.settings,
      orders: memoryOrders(this.database, {}, invocation),
      wechatPay: memoryGateway(this.ledger, account, this.settings.sign_type, invocation),
      messages: memoryMessages(({ out_trade_no }) => this.delivered.push(out_trade_no), invocation),
      now: () => this.clock.now(),
      ...this.#shop.adapters?.(this, invocation, {}),
    }
  }

  shopperPorts(openid: string, invocation: Invocation): ShopperPorts {
    return {
      ...this.shopPorts(invocation),
      openid,
      orders: memoryOrders(this.database, { _openid: openid }, invocation),
      goods: memoryGoods(this.database, invocation),
      nonce: () => this.#random.hex(32),
      address: () => '127.0.0.1',
      ...this.#shop.adapters?.(this, invocation, { _openid: openid }),
    }
  }

  #addGoods(goods: readonly Doc[]): void {
    for (const name of ['goods', 'orders']) this.database.addCollection(name)
    for (const doc of goods) this.putGoods(doc)
  }

  #copyHistory({ clock, writes, runs, delivered }: Simulation): void {
    this.clock.advance(clock.now() - this.clock.now())
    this.writes.push(...writes)
    this.runs.push(...runs)
    this.delivered.push(...delivered)
  }

  #begin(hook: Hook | undefined, what: Omit<RecordedCall, 'invocation'> = {}) {
    const invocation = new Invocation(
      `invocation-${this.runs.length + 1}`,
      hook,
      this.pendingRequests,
    )
    const run: RecordedCall = { invocation: invocation.id, ...what }
    this.runs.push(run)
    return { run, invocation }
  }
}

/** A stopwatch for runs that take no time. */
const zeroStopwatch: Stopwatch = { elapsed: () => 0, pause: async () => {} }

class SimulationClock {
  #now = Date.UTC(2026, 0, 1, 4)

  now(): number {
    return this.#now
  }

  advance(ms: number): void {
    this.#now += ms
  }
}
