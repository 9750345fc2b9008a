import type { Clock } from '../../kit/clock'
import { PendingTasks } from '../../kit/pending-tasks'
import type { Store } from '../../kit/store'
import type { Log } from '../log'
import { type Deliver, problemOf } from './delivery'
import { eventsIn, type EventsOptions } from './events'
import { type Notification, REPEATS_AFTER } from './notification'

export { type Deliver, deliverTo } from './delivery'
export type { Notification } from './notification'

export interface NotificationsOptions extends Omit<EventsOptions, 'now'> {
  /** holds the collection `notifications`, which only this class may write */
  store: Store
  clock: Clock
  deliver: Deliver
  /** how long (ms of real time) an answer may take; 5000 as at WeChat when absent */
  answerWithinMs?: number
  log: Log
}

/** What gets lost: the notification, or the merchant's answer to it. */
type Lost = 'notification' | 'answer'

/**
 * Notifies the merchant of payments and settled refunds, at least once: each notification is sent
 * again, on WeChat's schedule, until the merchant acknowledges it. The notifications are derived from
 * the ledger. Nothing is sent before `release`.
 */
export class Notifications {
  readonly #options: NotificationsOptions
  readonly #posts = new PendingTasks()
  /** the ids of those being sent, which the schedule skips */
  readonly #sending = new Set<string>()
  #lost: Lost[] = []
  #held = true

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  /** Stops sending what is due. */
  hold(): void {
    this.#held = true
  }

  /** Sends what is due, now and from now on. */
  release(): void {
    this.#held = false
    this.sendDue()
  }

  /** Sends what is due, unless held; called whenever the simulated time changes. */
  sendDue(): void {
    if (this.#held) return
    for (const { _id, next_at = Infinity } of this.pending()) {
      const isDue = next_at <= this.#options.clock.now()
      if (isDue && !this.#sending.has(_id)) void this.sendNow(_id)
    }
  }

  /** Returns those that are neither acknowledged nor given up, oldest first. */
  pending(): Notification[] {
    return this.#all().filter(({ next_at }) => next_at !== undefined)
  }

  /** Returns all of one trade, acknowledged ones included, oldest first. */
  about(out_trade_no: string): Notification[] {
    return this.#all().filter((notification) => notification.out_trade_no === out_trade_no)
  }

  /**
   * Returns the XML that is sent.
   * @throws Error when there is no such notification
   */
  body(id: string): string {
    return this.#get(id).body
  }

  /**
   * Sends `copies` of a notification at once, even if it is held, not due or acknowledged.
   * @returns whether each copy was acknowledged
   * @throws Error when there is no such notification
   */
  async sendNow(id: string, copies = 1): Promise<boolean[]> {
    return this.#posts.add(this.#send(this.#get(id), copies))
  }

  /** Queues a fault for the next `times` posts: the notification or the answer is lost. */
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
    this.#recordAttempt(notification._id, problems)
    return problems.map((problem) => problem === undefined)
  }

  /** Posts a notification. Returns why it was not acknowledged; undefined when it was. */
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

  /** Stores the result of an attempt; one acknowledged copy is enough. */
  #recordAttempt(id: string, problems: readonly (string | undefined)[]): void {
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
    this.#addNew()
    const found = this.#options.store.get('notifications', id)
    if (found === undefined) throw new Error(`there is no notification ${id}`)
    return found as Notification
  }

  #all(): Notification[] {
    this.#addNew()
    return [...this.#options.store.values('notifications')] as Notification[]
  }

  /** Stores a notification for each event in the ledger that has none yet. */
  #addNew(): void {
    const { store, clock } = this.#options
    for (const { body, ...event } of eventsIn({ ...this.#options, now: clock.now() })) {
      if (store.get('notifications', event._id) !== undefined) continue
      const fresh = { ...event, body: body(), attempts: 0, next_at: clock.now() }
      store.put('notifications', fresh satisfies Notification)
    }
  }
}
