import type { Order } from '../../../typings/contract'
import { change } from '../../pay/src/change'
import { reasonOf } from '../../pay/src/errors'
import { finishOrder, settleFact } from '../../pay/src/finish'
import { sendIfOwed } from '../../pay/src/message'
import type { GatewayReply, Ports, WeChatPayPort, WorkKind } from '../../pay/src/ports'
import { queryPayment } from '../../pay/src/query'
import { nextCheckAt } from '../../pay/src/schedule'
import { DueOrders } from './due-orders'

/** Each kind of work has the same number of slots. A slot without work of its kind takes other work. */
const KINDS: readonly WorkKind[] = ['unpaid', 'refund', 'message', 'rest']

/**
 * How many orders are processed at a time. With 60 ms per call these are at most 330 calls a second,
 * 100 of them refunds. WeChat allows 150 refunds a second (V2 申请退款), and documents no limit for
 * the other calls.
 */
export const SLOTS = 20

/** The lease (ms) of an order without a next check. */
const LEASE = 60 * 60 * 1000

/** How long (ms) the run pauses after WeChat replies FREQUENCY_LIMITED. */
const PAUSE = 1000

/** Measures the run's own time, independently of the system clock. */
export interface Stopwatch {
  /** Returns the ms since the run began. */
  elapsed(): number
  /** Waits for so many ms. */
  pause(ms: number): Promise<void>
}

/** The result of a run. */
export interface ReconcileResult {
  /** how many orders were completed */
  done: number
  /** how many orders failed or have an unknown outcome: a later run retries them */
  failed: number
  /** how often each reason for a failure occurred: codes, for the log */
  reasons: Record<string, number>
  /** the orders that could not be leased and were not processed, for the log */
  notLeased: string[]
  /** true if WeChat was called and not one reply could be used */
  noUsableReply: boolean
}

/**
 * Processes every due order: unpaid orders to be closed, refunds in flight, messages that are owed,
 * and paid orders that the merchant may have refunded by hand.
 * Runs may overlap: an order is leased before it is processed.
 * @param workingTime ms after which no further order is started; started ones are completed
 */
export async function reconcile(
  ports: Ports,
  workingTime: number,
  stopwatch: Stopwatch,
): Promise<ReconcileResult> {
  const run = new TimerRun(ports, workingTime, stopwatch)
  await Promise.all(Array.from({ length: SLOTS }, (_, n) => run.work(n)))
  return run.result()
}

class TimerRun {
  readonly #ports: Ports
  readonly #workingTime: number
  readonly #stopwatch: Stopwatch
  readonly #due: ReadonlyMap<WorkKind, DueOrders>
  readonly #reasons = new Map<string, number>()
  readonly #notLeased: string[] = []
  #done = 0
  #failed = 0
  #replies = 0
  #usableReplies = 0
  #slots = SLOTS
  /** when (ms of the stopwatch) the next order may start */
  #pausedUntil = 0

  constructor(ports: Ports, workingTime: number, stopwatch: Stopwatch) {
    this.#ports = { ...ports, wechatPay: this.#withCountedReplies(ports.wechatPay) }
    this.#workingTime = workingTime
    this.#stopwatch = stopwatch
    this.#due = new Map(KINDS.map((kind) => [kind, new DueOrders(ports, kind)]))
  }

  /** Runs the n-th slot: processes one order after the other, those of its own kind first. */
  async work(n: number): Promise<void> {
    const own = n % KINDS.length
    const kinds = [...KINDS.slice(own), ...KINDS.slice(0, own)]
    while (n < this.#slots && !this.#isOver()) {
      const pause = this.#pausedUntil - this.#stopwatch.elapsed()
      if (pause > 0) {
        await this.#stopwatch.pause(pause)
        if (n >= this.#slots) return
      }
      const order = await this.#next(kinds)
      if (!order) return
      if (!this.#isOver()) await this.#process(order)
    }
  }

  result(): ReconcileResult {
    return {
      done: this.#done,
      failed: this.#failed,
      reasons: Object.fromEntries(this.#reasons),
      notLeased: this.#notLeased,
      noUsableReply: this.#replies > 0 && this.#usableReplies === 0,
    }
  }

  #isOver(): boolean {
    return this.#stopwatch.elapsed() >= this.#workingTime
  }

  async #next(kinds: readonly WorkKind[]): Promise<Order | undefined> {
    for (const kind of kinds) {
      try {
        const order = await this.#due.get(kind)?.next()
        if (order) return order
      } catch (error) {
        this.#count(`${kind}: ${reasonOf(error)}`)
      }
    }
    return undefined
  }

  async #process(order: Order): Promise<void> {
    let leased: Order | undefined
    try {
      leased = await lease(this.#ports, order)
    } catch (error) {
      this.#notLeased.push(order._id)
      this.#fail(reasonOf(error))
      return
    }
    if (!leased) return
    try {
      const fact = await queryPayment(this.#ports, leased)
      const settled = await settleFact(this.#ports, leased, fact)
      const { order: finished, whyUnknown } = await finishOrder(this.#ports, settled, fact)
      const sent = await sendIfOwed(this.#ports, finished)
      if (whyUnknown !== undefined) return this.#fail(whyUnknown)
      await release(this.#ports, sent)
      this.#done++
    } catch (error) {
      this.#fail(reasonOf(error))
    }
  }

  #fail(reason: string): void {
    this.#failed++
    this.#count(reason)
  }

  #count(reason: string): void {
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1)
  }

  /** Wraps the port, so that every reply is counted. */
  #withCountedReplies(wechatPay: WeChatPayPort): WeChatPayPort {
    const counted = async (reply: Promise<GatewayReply>) => {
      this.#countReply(await reply)
      return reply
    }
    return {
      unifiedorder: (...args) => counted(wechatPay.unifiedorder(...args)),
      orderquery: (...args) => counted(wechatPay.orderquery(...args)),
      closeorder: (...args) => counted(wechatPay.closeorder(...args)),
      refund: (...args) => counted(wechatPay.refund(...args)),
      refundquery: (...args) => counted(wechatPay.refundquery(...args)),
      paySign: (fields) => wechatPay.paySign(fields),
      readNotification: (body) => wechatPay.readNotification(body),
    }
  }

  #countReply(reply: GatewayReply): void {
    this.#replies++
    // return_code FAIL: WeChat rejected the request itself (a wrong key, a wrong merchant number).
    if (reply.kind === 'ok' || (reply.kind === 'refused' && reply.err_code !== 'FAIL')) {
      this.#usableReplies++
    }
    if (reply.kind === 'unknown' && reply.why === 'FREQUENCY_LIMITED') this.#slowDown()
  }

  /** Halves the number of slots, keeps at least one per kind, and pauses the run. */
  #slowDown(): void {
    const elapsed = this.#stopwatch.elapsed()
    // Other replies to the same burst of calls do not slow the run down further.
    if (elapsed < this.#pausedUntil) return
    this.#pausedUntil = elapsed + PAUSE
    this.#slots = Math.max(KINDS.length, Math.floor(this.#slots / 2))
  }
}

/**
 * Leases an order: sets next_check_at to a later time, by compare-and-set. No other run takes it
 * meanwhile, and an order that always fails is not retried at once. If the run crashes, the lease
 * expires and a later run takes the order.
 * @returns undefined if another run has the order, or it is no longer due
 */
async function lease(ports: Ports, order: Order): Promise<Order | undefined> {
  const dueAt = order.next_check_at
  const { order: leased, wrote } = await change(ports, order, 'lease', (current) => {
    if (current.next_check_at !== dueAt) return undefined
    const now = ports.now()
    return { next_check_at: nextCheckAt(current, now, ports.settings) ?? now + LEASE }
  })
  return wrote && leased
}

/** Ends the lease of an order that needs no further check. */
async function release(ports: Ports, order: Order): Promise<void> {
  await change(ports, order, 'release', (current) => {
    const isLeased = current.next_check_at !== undefined
    return isLeased && nextCheckAt(current, ports.now(), ports.settings) === undefined
      ? {}
      : undefined
  })
}
