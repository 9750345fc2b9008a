import { onTick, type SimulatedClock } from '../../kit/clock'
import { PendingTasks } from '../../kit/pending-tasks'
import { CloudBaseError, messageOf } from '../errors'
import type { FunctionHost } from '../functions/host'
import type { Log } from '../log'
import { timerOf, type Timer } from './schedule'
import { TimerFaults } from './timer-faults'

export interface TimersOptions {
  schedule: readonly Timer[]
  functions: FunctionHost
  clock: SimulatedClock
  log: Log
}

/** One firing of a timer. */
interface Firing {
  timer: Timer
  /** when it was due (ms since 1970), the `Time` of its event */
  time: number
  /** the delay (ms) after `time`, which only a fault makes more than 0 */
  lateMs: number
  runs: 1 | 2
}

/**
 * Calls the functions that have timer triggers, by the simulated clock. Timers are held until
 * `release`. As on the platform, a due trigger fires once, however many times it was missed, even
 * while its last run has not ended. `faults` makes firings come twice or late.
 */
export class Timers {
  readonly faults: TimerFaults
  readonly #options: TimersOptions
  readonly #runs = new PendingTasks()
  readonly #stop: () => void
  #schedule: readonly Timer[]
  #held = true
  /** the next due time (ms since 1970) of each timer that fires again; empty while held */
  readonly #dueAt = new Map<Timer, number>()
  /** the firings that a fault delays */
  #pending: Firing[] = []

  constructor(options: TimersOptions) {
    this.#options = options
    this.#schedule = options.schedule
    this.faults = new TimerFaults(() => this.#schedule)
    this.#stop = onTick(options.clock, () => this.#fireDue())
  }

  /** The present timers. */
  get schedule(): readonly Timer[] {
    return this.#schedule
  }

  /** Stops firing timers and drops delayed firings. */
  hold(): void {
    this.#held = true
    this.#dueAt.clear()
    this.#pending = []
  }

  /** Starts firing timers; firings missed while they were held are skipped. */
  release(): void {
    this.#held = false
    const now = this.#options.clock.now()
    for (const timer of this.#schedule) this.#scheduleNext(timer, now)
  }

  /** Replaces the timers; those that stay keep their next time. Delayed firings still come. */
  reschedule(schedule: readonly Timer[]): void {
    this.#schedule = schedule
    for (const timer of this.#dueAt.keys()) {
      if (!schedule.includes(timer)) this.#dueAt.delete(timer)
    }
    if (this.#held) return
    const now = this.#options.clock.now()
    for (const timer of schedule) if (!this.#dueAt.has(timer)) this.#scheduleNext(timer, now)
  }

  /**
   * Fires a function's first timer now. A fault makes it fire twice, or with a `Time` that is
   * `lateMs` in the past.
   * @returns the function's result; that of the first run when there are two
   * @throws Error when the function has no timer; CloudBaseError as FunctionHost.invoke does
   */
  async run(name: string): Promise<unknown> {
    const timer = timerOf(this.#schedule, name)
    const firing = this.#firing(timer, this.#options.clock.now())
    const [reply] = await Promise.all(this.#fire({ ...firing, time: firing.time - firing.lateMs }))
    return reply
  }

  /** Resolves when all runs that timers started have ended. */
  settled(): Promise<void> {
    return this.#runs.settled()
  }

  close(): void {
    this.#stop()
  }

  #fireDue(): void {
    const now = this.#options.clock.now()
    for (const [timer, dueAt] of this.#dueAt) {
      if (now < dueAt) continue
      this.#scheduleNext(timer, now)
      this.#pending.push(this.#firing(timer, dueAt))
    }
    const due = this.#pending.filter(({ time, lateMs }) => time + lateMs <= now)
    this.#pending = this.#pending.filter(({ time, lateMs }) => time + lateMs > now)
    for (const firing of due) void this.#fire(firing)
  }

  #scheduleNext(timer: Timer, now: number): void {
    const dueAt = timer.cron.next(now)
    if (dueAt === undefined) this.#dueAt.delete(timer)
    else this.#dueAt.set(timer, dueAt)
  }

  /** Returns the timer's firing at `time`, with the next queued fault. */
  #firing(timer: Timer, time: number): Firing {
    const { twice = false, lateMs = 0 } = this.faults.take(timer.function) ?? {}
    return { timer, time, lateMs, runs: twice ? 2 : 1 }
  }

  #fire({ timer, time, runs }: Firing): Promise<unknown>[] {
    return Array.from({ length: runs }, () => this.#runs.add(this.#call(timer, time)))
  }

  async #call(timer: Timer, time: number): Promise<unknown> {
    const { functions, clock, log } = this.#options
    const logOutcome = (outcome: string) =>
      log({
        at: clock.now(),
        source: 'function',
        name: timer.function,
        text: `timer ${timer.trigger} ${outcome}`,
      })
    try {
      const reply = await functions.invoke(timer.function, eventOf(timer, time), {
        source: 'wx_trigger',
      })
      logOutcome('done')
      return reply
    } catch (error) {
      logOutcome(`failed: ${error instanceof CloudBaseError ? error.code : messageOf(error)}`)
      throw error
    }
  }
}

/** Returns the event that the platform passes to the function (cloud.tencent.com, 云函数 → 定时触发器). */
function eventOf({ trigger }: Timer, time: number) {
  const Time = new Date(time).toISOString().replace(/\.\d+/, '')
  return { Type: 'Timer', TriggerName: trigger, Time, Message: '' }
}
