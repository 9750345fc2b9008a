import type { Order } from '../../../typings/contract'
import { change } from '../../pay/src/change'
import { reasonOf } from '../../pay/src/errors'
import { finish, settleAnswer } from '../../pay/src/finish'
import { sendIfOwed } from '../../pay/src/message'
import type { GatewayReply, Ports, WeChatPayPort, WorkKind } from '../../pay/src/ports'
import { queryPayment } from '../../pay/src/query'
import { nextCheckAt } from '../../pay/src/schedule'
import { DueOrders } from './due-orders'

/** Each kind of work has the same number of slots, which help the other kinds when it has none left. */
const KINDS: readonly WorkKind[] = ['closing', 'refund', 'message', 'rest']

/**
 * How many orders are processed at a time. At 60 ms a call that is 330 calls a second at most, and
 * at most 100 refunds: WeChat allows 150 (V2 申请退款) and documents no limit for the other calls.
 */
export const SLOTS = 20

/** How long (ms) an order is leased that is not due again after this. */
const LEASE = 60 * 60 * 1000

/** How long (ms) the run rests when WeChat says FREQUENCY_LIMITED. */
const REST = 1000

/** The run's own time, which no change of the system's clock can move. */
export interface Stopwatch {
  /** ms since the run began */
  elapsed(): number
  pause(ms: number): Promise<void>
}

export interface Reconciled {
  /** orders of which everything that was due is done */
  done: number
  /** orders of which something is not known or went wrong: they come again */
  failed: number
  /** how often what failed for which reason: codes, for the log */
  reasons: Record<string, number>
  /** orders that could not be leased, and so were not touched, for the log */
  notLeased: string[]
  /** true when WeChat was asked, and not one answer could be used */
  isCutOff: boolean
}

/**
 * Processes every order that is due: unpaid ones that expired or are closing, refunds in flight,
 * messages that are owed. Runs may overlap: an order is leased before it is touched.
 * @param workingTime ms after which no further order is begun; what has begun is finished
 */
export async function reconcile(
  ports: Ports,
  workingTime: number,
  stopwatch: Stopwatch,
): Promise<Reconciled> {
  const run = new Run(ports, workingTime, stopwatch)
  await Promise.all(Array.from({ length: SLOTS }, (_, n) => run.work(n)))
  return run.result()
}

class Run {
  readonly #ports: Ports
  readonly #workingTime: number
  readonly #stopwatch: Stopwatch
  readonly #due: ReadonlyMap<WorkKind, DueOrders>
  readonly #reasons = new Map<string, number>()
  readonly #notLeased: string[] = []
  #done = 0
  #failed = 0
  #answers = 0
  #usable = 0
  #slots = SLOTS
  /** when (ms of the stopwatch) the next order may begin */
  #restsUntil = 0

  constructor(ports: Ports, workingTime: number, stopwatch: Stopwatch) {
    this.#ports = { ...ports, wechatPay: this.#watched(ports.wechatPay) }
    this.#workingTime = workingTime
    this.#stopwatch = stopwatch
    this.#due = new Map(KINDS.map((kind) => [kind, new DueOrders(ports, kind)]))
  }

  /** The n-th slot: one order after the other, those of its own kind first. */
  async work(n: number): Promise<void> {
    const own = n % KINDS.length
    const kinds = [...KINDS.slice(own), ...KINDS.slice(0, own)]
    while (n < this.#slots && !this.#isOver()) {
      const rest = this.#restsUntil - this.#stopwatch.elapsed()
      if (rest > 0) {
        await this.#stopwatch.pause(rest)
        if (n >= this.#slots) return
      }
      const order = await this.#next(kinds)
      if (!order) return
      if (!this.#isOver()) await this.#process(order)
    }
  }

  result(): Reconciled {
    return {
      done: this.#done,
      failed: this.#failed,
      reasons: Object.fromEntries(this.#reasons),
      notLeased: this.#notLeased,
      isCutOff: this.#answers > 0 && this.#usable === 0,
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
      const settled = await settleAnswer(this.#ports, leased, fact)
      const { order: finished, unknown } = await finish(this.#ports, settled, fact)
      const sent = await sendIfOwed(this.#ports, finished)
      if (unknown !== undefined) return this.#fail(unknown)
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

  /** The port, with every answer counted. */
  #watched(wechatPay: WeChatPayPort): WeChatPayPort {
    const heard = async (answer: Promise<GatewayReply>) => {
      this.#hear(await answer)
      return answer
    }
    return {
      unifiedorder: (...args) => heard(wechatPay.unifiedorder(...args)),
      orderquery: (...args) => heard(wechatPay.orderquery(...args)),
      closeorder: (...args) => heard(wechatPay.closeorder(...args)),
      refund: (...args) => heard(wechatPay.refund(...args)),
      refundquery: (...args) => heard(wechatPay.refundquery(...args)),
      paySign: (fields) => wechatPay.paySign(fields),
      readNotification: (body) => wechatPay.readNotification(body),
    }
  }

  #hear(answer: GatewayReply): void {
    this.#answers++
    // return_code FAIL: the request was not even taken (a wrong key, another merchant's number).
    if (answer.kind === 'ok' || (answer.kind === 'refused' && answer.err_code !== 'FAIL')) {
      this.#usable++
    }
    if (answer.kind === 'unknown' && answer.why === 'FREQUENCY_LIMITED') this.#slowDown()
  }

  /** Half of the slots, of each kind one at least, go on after a rest. */
  #slowDown(): void {
    const now = this.#stopwatch.elapsed()
    // The other answers of the same burst say nothing new.
    if (now < this.#restsUntil) return
    this.#restsUntil = now + REST
    this.#slots = Math.max(KINDS.length, Math.floor(this.#slots / 2))
  }
}

/**
 * Moves next_check_at on, by compare-and-set, so that no other run takes the order too, and an
 * order that always fails does not come again at once. A run that crashes leaves the lease, and the
 * order comes again.
 * @returns undefined when another run has the order, or nothing is due any more
 */
async function lease(ports: Ports, order: Order): Promise<Order | undefined> {
  const seen = order.next_check_at
  const { order: leased, wrote } = await change(ports, order, 'lease', (current) => {
    if (current.next_check_at !== seen) return undefined
    const now = ports.now()
    return { next_check_at: nextCheckAt(current, now, ports.terms) ?? now + LEASE }
  })
  return wrote && leased
}

/** Takes the lease back from an order of which nothing is left to do, now that all is done. */
async function release(ports: Ports, order: Order): Promise<void> {
  await change(ports, order, 'release', (current) => {
    const isLeased = current.next_check_at !== undefined
    return isLeased && nextCheckAt(current, ports.now(), ports.terms) === undefined ? {} : undefined
  })
}
