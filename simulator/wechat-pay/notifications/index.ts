import type { Clock } from '../../kit/clock'
import type { Store } from '../../kit/store'
import { PendingTasks } from '../../kit/pending-tasks'
import type { Log } from '../log'
import { type Deliver, problemOf } from './delivery'
import { newsIn, type NewsOptions } from './news'
import { type Notification, REPEATS_AFTER } from './notification'

export { type Deliver, deliverTo } from './delivery'
export type { Notification } from './notification'

export interface NotificationsOptions extends Omit<NewsOptions, 'now'> {
  /** holds them in the collection `notifications`, which nobody else may write */
  store: Store
  clock: Clock
  deliver: Deliver
  /** how long (ms of real time) an answer may take; 5000 when absent, as WeChat's */
  answerWithinMs?: number
  log: Log
}

/** What gets lost on its way: the notification, or the merchant's answer to it. */
type Lost = 'notification' | 'answer'

/**
 * Tells the merchant of payments and of refunds that settled, again and again until the merchant
 * says that it has taken them in. What is to be told follows from the ledger. Held at first, until
 * `release`.
 */
export class Notifications {
  readonly #options: NotificationsOptions
  readonly #posts = new PendingTasks()
  /** those that are being sent: they are not sent by schedule meanwhile */
  readonly #sending = new Set<string>()
  #lost: Lost[] = []
  #held = true

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  /** From now on nothing is sent by itself. */
  hold(): void {
    this.#held = true
  }

  /** Sends what is due, now and from now on. */
  release(): void {
    this.#held = false
    this.look()
  }

  /** Sends what is due, unless held. Whoever follows the time calls it. */
  look(): void {
    if (this.#held) return
    for (const { _id, next_at = Infinity } of this.pending()) {
      const isDue = next_at <= this.#options.clock.now()
      if (isDue && !this.#sending.has(_id)) void this.sendNow(_id)
    }
  }

  /** All that are yet to be taken in, oldest first. */
  pending(): Notification[] {
    return this.#all().filter(({ next_at }) => next_at !== undefined)
  }

  /** All about one trade, those that were taken in too, oldest first. */
  about(out_trade_no: string): Notification[] {
    return this.#all().filter((notification) => notification.out_trade_no === out_trade_no)
  }

  /**
   * The XML that is sent.
   * @throws Error when there is no such notification
   */
  body(id: string): string {
    return this.#get(id).body
  }

  /**
   * Sends `copies` of a notification at once, also when it is held, not due or taken in before.
   * @returns for each copy whether it was taken in
   * @throws Error when there is no such notification
   */
  async sendNow(id: string, copies = 1): Promise<boolean[]> {
    return this.#posts.add(this.#send(this.#get(id), copies))
  }

  /** The next `times` posts that no other fault awaits lose the notification or the answer. */
  lose(lost: Lost, times = 1): void {
    this.#lost.push(...Array<Lost>(times).fill(lost))
  }

  /** Resolves when every post has its answer. */
  settled(): Promise<void> {
    return this.#posts.settled()
  }

  async #send(notification: Notification, copies: number): Promise<boolean[]> {
    this.#sending.add(notification._id)
    const posts = Array.from({ length: copies }, () => this.#post(notification))
    const problems = await Promise.all(posts)
    this.#sending.delete(notification._id)
    this.#conclude(notification._id, problems)
    return problems.map((problem) => problem === undefined)
  }

  /** Why the merchant has not taken it in; undefined when it has. */
  async #post({ url, body }: Notification): Promise<string | undefined> {
    const { deliver, answerWithinMs = 5000 } = this.#options
    const lost = this.#lost.shift()
    if (lost === 'notification') return 'the notification was lost'
    try {
      const answer = await deliver(url, body, AbortSignal.timeout(answerWithinMs))
      return lost === 'answer' ? 'the answer was lost' : problemOf(answer)
    } catch (error) {
      return `no answer: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  /** Writes down how sending went: each copy that was taken in is enough. */
  #conclude(id: string, problems: readonly (string | undefined)[]): void {
    const { store, clock, log } = this.#options
    const { next_at, ...notification } = this.#get(id)
    const { kind, attempts, out_trade_no } = notification
    const done = next_at === undefined || problems.includes(undefined)
    const wait = done ? undefined : REPEATS_AFTER[attempts]
    store.put('notifications', {
      ...notification,
      attempts: attempts + 1,
      ...(wait !== undefined && { next_at: clock.now() + wait }),
    })
    const next = wait === undefined ? (done ? '' : '; given up') : `; again in ${wait / 1000} s`
    for (const problem of problems) {
      const verdict = problem === undefined ? 'SUCCESS' : 'FAIL'
      const reason = problem === undefined ? {} : { reason: `${problem}${next}` }
      log({ at: clock.now(), endpoint: `notify ${kind}`, out_trade_no, verdict, ...reason })
    }
  }

  #get(id: string): Notification {
    this.#takeNote()
    const found = this.#options.store.get('notifications', id)
    if (found === undefined) throw new Error(`there is no notification ${id}`)
    return found as Notification
  }

  #all(): Notification[] {
    this.#takeNote()
    return [...this.#options.store.values('notifications')] as Notification[]
  }

  /** Makes a notification of everything in the ledger that the merchant has yet to be told. */
  #takeNote(): void {
    const { store, clock } = this.#options
    for (const { body, ...news } of newsIn({ ...this.#options, now: clock.now() })) {
      if (store.get('notifications', news._id) !== undefined) continue
      const fresh = { ...news, body: body(), attempts: 0, next_at: clock.now() }
      store.put('notifications', fresh satisfies Notification)
    }
  }
}
