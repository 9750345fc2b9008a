import { takeNotification } from '../../../cloudfunctions/pay-notify/src/notification'
import { reconcile, type Stopwatch } from '../../../cloudfunctions/pay-reconcile/src/reconcile'
import { answer } from '../../../cloudfunctions/pay/src/answer'
import type { Ports, ShopperPorts, Terms } from '../../../cloudfunctions/pay/src/ports'
import { Database } from '../../../simulator/cloudbase/database/database'
import { type Doc, Store } from '../../../simulator/kit/store'
import { openidOf } from '../../../simulator/settings/identity'
import { Ledger } from '../../../simulator/wechat-pay/ledger'
import { Payer } from '../../../simulator/wechat-pay/payer'
import type { Order, PayReply } from '../../../typings/contract'
import { CRASHED, Invocation, type Hook } from './invocation'
import { memoryGateway } from './memory-gateway'
import { memoryGoods, memoryMessages, memoryOrders } from './memory-ports'
import { account, GOODS, TERMS } from './merchant'
import { paymentNotification, refundNotifications } from './notifications'
import { Random } from './random'
import { copyOf, recording, type Write } from './recording'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The shop's code under test; a patched copy of it can take its place. */
export interface ShopCode {
  answer: typeof answer
  reconcile: typeof reconcile
  takeNotification: typeof takeNotification
  /** its own adapters of CloudBase and WeChat Pay, in place of the memory ports */
  adapters?(
    simulation: Simulation,
    invocation: Invocation,
    owner: { _openid?: string },
  ): Pick<Ports, 'orders' | 'wechatPay'>
}

export interface SimulationOptions {
  seed?: number
  terms?: Partial<Terms>
  goods?: readonly Doc[]
  shop?: ShopCode
  /** ms that a refund is PROCESSING */
  refundSettlesAfterMs?: number
}

/** One run of a function, and for whom: `openid` is absent for the shop's own work. */
export interface Run {
  invocation: string
  openid?: string
  event?: { type: string; data: unknown }
  reply?: PayReply
}

/**
 * One simulated simulation without sockets: the simulator's own database and ledger, and the shop's own
 * code on ports over them. Everything in it is decided by its seed and by what is called, when.
 */
export class Simulation {
  /** ms since 1970; moves by `advance` alone */
  readonly clock = new SimulationClock()
  readonly database: Database
  readonly ledger: Ledger
  readonly payer: Payer
  readonly terms: Terms
  /** what the oracle needs to know of the past */
  readonly writes: Write[] = []
  readonly runs: Run[] = []
  /** the numbers of the orders whose payers were told, one each time */
  readonly delivered: string[] = []
  /** requests that nobody waits for any more and that have not arrived yet */
  readonly underWay: (() => void)[] = []
  readonly #options: SimulationOptions
  readonly #random: Random
  readonly #shop: ShopCode
  readonly #documents: Store
  readonly #ledgerStore: Store
  #digits: number

  /** @param past another simulation, from which this one goes on by itself */
  constructor(options: SimulationOptions = {}, past?: Simulation) {
    this.#options = options
    this.#random = past ? past.#random.copy() : new Random(options.seed ?? 1)
    this.#shop = options.shop ?? { answer, reconcile, takeNotification }
    this.#digits = past ? past.#digits : 0
    this.terms = { ...TERMS, ...options.terms }
    this.#documents = past ? copyOf(past.#documents) : Store.open()
    this.#ledgerStore = past ? copyOf(past.#ledgerStore) : Store.open()
    this.database = new Database(recording(this.#documents, this.writes), this.clock)
    if (past) this.#remember(past)
    else this.#open(options.goods ?? GOODS)
    this.ledger = new Ledger({
      store: this.#ledgerStore,
      clock: this.clock,
      digits: (length) => String(++this.#digits).padStart(length, '0'),
      refundSettlesAfterMs: options.refundSettlesAfterMs ?? 3000,
    })
    this.payer = new Payer(account, this.ledger, this.clock, () => {})
  }

  /** A simulation that goes on from here by itself. What is under way stays with this one. */
  copy(): Simulation {
    return new Simulation(this.#options, this)
  }

  putGoods({ _id, ...fields }: Doc): void {
    this.database.replace('goods', { _id }, fields)
  }

  /** All orders as they lie in the database. */
  orders(): Order[] {
    return this.database.find('orders', { query: {} }) as unknown as Order[]
  }

  order(out_trade_no: string): Order | undefined {
    return this.database.get('orders', out_trade_no) as Order | undefined
  }

  /** The numbers of all trades that the gateway has. */
  trades(): string[] {
    return [...this.#ledgerStore.values('trades')].map(({ _id }) => _id)
  }

  /** A new intent to buy. */
  key(): string {
    return this.#random.hex(32)
  }

  /** Shopper 1, 2, … calls the function `pay`. */
  async call(
    shopper: number,
    type: string,
    data: unknown,
    hook?: Hook,
  ): Promise<PayReply | typeof CRASHED> {
    const openid = openidOf(shopper)
    const { run, invocation } = this.#begin(hook, { openid, event: { type, data } })
    const ports = () => this.shopperPorts(openid, invocation)
    const answered = this.#shop.answer(ports, { type, data }).then(({ reply }) => reply)
    const reply = await Promise.race([answered, invocation.crashed])
    if (reply !== CRASHED) run.reply = reply
    return reply
  }

  /** The timer calls pay-reconcile. */
  async reconcile(hook?: Hook): Promise<{ done: number; failed: number } | typeof CRASHED> {
    const { invocation } = this.#begin(hook)
    const run = this.#shop.reconcile(this.shopPorts(invocation), 35_000, standingStill)
    const counts = run.then(({ done, failed }) => ({ done, failed }))
    return Promise.race([counts, invocation.crashed])
  }

  /** Something is posted to pay-notify. @returns whether it was answered SUCCESS */
  async notify(body: string, hook?: Hook): Promise<boolean | typeof CRASHED> {
    const { invocation } = this.#begin(hook)
    const taken = this.#shop.takeNotification(this.shopPorts(invocation), body)
    return Promise.race([taken.catch(() => false), invocation.crashed])
  }

  /** The owner confirms the payment sheet for the order as stored. @returns whether it was paid */
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

  /** The n-th request that is under way arrives. */
  arrive(n = 0): void {
    this.underWay.splice(n, 1)[0]?.()
  }

  /** What WeChat posts about the payment; undefined while there is none. */
  paymentNotification(out_trade_no: string): string | undefined {
    return paymentNotification(this.ledger, account, out_trade_no)
  }

  /** What WeChat posts about each refund of the trade that has settled. */
  refundNotifications(out_trade_no: string): string[] {
    return refundNotifications(this.ledger, account, out_trade_no, this.clock.now())
  }

  shopPorts(invocation: Invocation): Ports {
    return {
      invocation: invocation.id,
      terms: this.terms,
      orders: memoryOrders(this.database, {}, invocation),
      wechatPay: memoryGateway(this.ledger, account, this.terms.sign_type, invocation),
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

  #open(goods: readonly Doc[]): void {
    for (const name of ['goods', 'orders']) this.database.addCollection(name)
    for (const doc of goods) this.putGoods(doc)
  }

  #remember({ clock, writes, runs, delivered }: Simulation): void {
    this.clock.advance(clock.now() - this.clock.now())
    this.writes.push(...writes)
    this.runs.push(...runs)
    this.delivered.push(...delivered)
  }

  #begin(hook: Hook | undefined, what: Omit<Run, 'invocation'> = {}) {
    const invocation = new Invocation(`invocation-${this.runs.length + 1}`, hook, this.underWay)
    const run: Run = { invocation: invocation.id, ...what }
    this.runs.push(run)
    return { run, invocation }
  }
}

/** The run takes no time. */
const standingStill: Stopwatch = { elapsed: () => 0, pause: async () => {} }

class SimulationClock {
  #now = Date.UTC(2026, 0, 1, 4)

  now(): number {
    return this.#now
  }

  advance(ms: number): void {
    this.#now += ms
  }
}
