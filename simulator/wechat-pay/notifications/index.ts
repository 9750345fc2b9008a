import type { Clock } from '../../kit/clock'
import { PendingTasks } from '../../kit/pending-tasks'
import type { Store } from '../../kit/store'
import type { Log } from '../log'
import { acknowledgementProblem, type Transport } from './delivery'
import { eventsIn, type EventsOptions } from './events'
import { type Notification, RETRY_DELAYS_MS } from './notification'

export { localTransport, type Transport } from './delivery'
export type { Notification } from './notification'

export interface NotificationsOptions extends Omit<EventsOptions, 'now'> {
  /** holds the collection `notifications`, which only this class may write */
  store: Store
  clock: Clock
  deliver: Transport
  /** how long (ms of real time) a reply may take; 5000, as WeChat waits, when absent */
  replyWithinMs?: number
  log: Log
}

/** A simulated loss on the network: of the notification, or of the merchant's reply to it. */
type Loss = 'notification' | 'reply'

/**
 * Notifies the merchant of payments and ended refunds, with at-least-once delivery: each
 * notification is sent again, on WeChat's schedule, until the merchant acknowledges it. The
 * notifications are derived from the ledger. Nothing is sent before `release`.
 */
export class Notifications {
  readonly #options: NotificationsOptions
  readonly #posts = new PendingTasks()
  /** the ids of notifications in flight, which the schedule skips */
  readonly #sending = new Set<string>()
  #losses: Loss[] = []
  #held = true

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  /** Stops sending due notifications. */
  hold(): void {
    this.#held = true
  }

  /** Sends due notifications, now and from now on. */
  release(): void {
    this.#held = false
    this.sendDue()
  }

  /** Sends due notifications, unless held; called whenever the simulated time changes. */
  sendDue(): void {
    if (this.#held) return
    for (const { _id, next_at = Infinity } of this.pending()) {
      const isDue = next_at <= this.#options.clock.now()
      if (isDue && !this.#sending.has(_id)) void this.sendNow(_id)
    }
  }

  /** Returns the notifications that are neither acknowledged nor given up, oldest first. */
  pending(): Notification[] {
    return this.#all().filter(({ next_at }) => next_at !== undefined)
  }

  /** Returns all notifications of one trade, including acknowledged ones, oldest first. */
  about(out_trade_no: string): Notification[] {
    return this.#all().filter((notification) => notification.out_trade_no === out_trade_no)
  }

  /**
   * Returns the XML of a notification.
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

  /** Makes the next `times` posts lose the notification or the reply. */
  lose(loss: Loss, times = 1): void {
    this.#losses.push(...Array<Loss>(times).fill(loss))
  }

  /** Resolves when every post has its reply. */
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

  /**
   * Posts a notification. Returns the reason why it was not acknowledged; undefined when it was.
   */
  async #post({ url, body }: Notification): Promise<string | undefined> {
    const { deliver, replyWithinMs = 5000 } = this.#options
    const loss = this.#losses.shift()
    if (loss === 'notification') return 'the notification was lost'
    try {
      const reply = await deliver(url, body, AbortSignal.timeout(replyWithinMs))
      return loss === 'reply' ? 'the answer was lost' : acknowledgementProblem(reply)
    } catch (error) {
      return `no answer: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  /** Stores the result of an attempt, which succeeds when one of its copies is acknowledged. */
  #recordAttempt(id: string, problems: readonly (string | undefined)[]): void {
    const { store, clock, log } = this.#options
    const { next_at, ...notification } = this.#get(id)
    const { kind, attempts, out_trade_no } = notification
    const done = next_at === undefined || problems.includes(undefined)
    const wait = done ? undefined : RETRY_DELAYS_MS[attempts]
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
    this.#createMissing()
    const found = this.#options.store.get('notifications', id)
    if (found === undefined) throw new Error(`there is no notification ${id}`)
    return found as Notification
  }

  #all(): Notification[] {
    this.#createMissing()
    return [...this.#options.store.values('notifications')] as Notification[]
  }

  /** Stores a notification for each event in the ledger that has none yet. */
  #createMissing(): void {
    const { store, clock } = this.#options
    for (const { body, ...event } of eventsIn({ ...this.#options, now: clock.now() })) {
      if (store.get('notifications', event._id) !== undefined) continue
      const notification = { ...event, body: body(), attempts: 0, next_at: clock.now() }
      store.put('notifications', notification satisfies Notification)
    }
  }
}
