import { followTime, type SimulatedClock } from '../../kit/clock'
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

/** One time that a timer fires. */
interface Firing {
  timer: Timer
  /** ms: when it was due, which its event says */
  time: number
  /** ms between that and its coming: 0 but for a fault */
  lateMs: number
  runs: 1 | 2
}

/**
 * Calls the functions that have timer triggers, by the simulated clock. Held at first, until
 * `release`. A trigger whose time has come fires once, however long ago that was, and also while
 * its last run is still under way, as the platform's. By itself it fires once and on time; `faults`
 * makes firings come twice or late.
 */
export class Timers {
  readonly faults: TimerFaults
  readonly #options: TimersOptions
  readonly #runs = new PendingTasks()
  readonly #stop: () => void
  /** ms by the simulated clock; without the timers that never fire again, empty while held */
  readonly #dueAt = new Map<Timer, number>()
  /** what was due; what stays here is late by a fault */
  #pending: Firing[] = []

  constructor(options: TimersOptions) {
    this.#options = options
    this.faults = new TimerFaults(options.schedule)
    this.#stop = followTime(options.clock, () => this.#look())
  }

  /** From now on no timer fires by itself. */
  hold(): void {
    this.#dueAt.clear()
    this.#pending = []
  }

  /** Lets the timers fire; what they missed while they were held is not made up for. */
  release(): void {
    const now = this.#options.clock.now()
    for (const timer of this.#options.schedule) this.#plan(timer, now)
  }

  /**
   * Fires a function's first timer now. By a fault it fires twice, or for a time that was `lateMs`
   * ago.
   * @returns what the function answered, the first run of two
   * @throws Error when the function has no timer; CloudBaseError as FunctionHost.invoke does
   */
  async run(name: string): Promise<unknown> {
    const timer = timerOf(this.#options.schedule, name)
    const firing = this.#firing(timer, this.#options.clock.now())
    const [answer] = await Promise.all(this.#fire({ ...firing, time: firing.time - firing.lateMs }))
    return answer
  }

  /** Resolves when no function runs that a timer called. */
  settled(): Promise<void> {
    return this.#runs.settled()
  }

  close(): void {
    this.#stop()
  }

  #look(): void {
    const now = this.#options.clock.now()
    for (const [timer, dueAt] of this.#dueAt) {
      if (now < dueAt) continue
      this.#plan(timer, now)
      this.#pending.push(this.#firing(timer, dueAt))
    }
    const due = this.#pending.filter(({ time, lateMs }) => time + lateMs <= now)
    this.#pending = this.#pending.filter(({ time, lateMs }) => time + lateMs > now)
    for (const firing of due) void this.#fire(firing)
  }

  #plan(timer: Timer, now: number): void {
    const dueAt = timer.cron.next(now)
    if (dueAt === undefined) this.#dueAt.delete(timer)
    else this.#dueAt.set(timer, dueAt)
  }

  /** What the timer does at `time`, with the fault that awaits it. */
  #firing(timer: Timer, time: number): Firing {
    const { twice = false, lateMs = 0 } = this.faults.take(timer.function) ?? {}
    return { timer, time, lateMs, runs: twice ? 2 : 1 }
  }

  #fire({ timer, time, runs }: Firing): Promise<unknown>[] {
    return Array.from({ length: runs }, () => this.#runs.add(this.#call(timer, time)))
  }

  async #call(timer: Timer, time: number): Promise<unknown> {
    const { functions, clock, log } = this.#options
    const note = (outcome: string) =>
      log({
        at: clock.now(),
        source: 'function',
        name: timer.function,
        text: `timer ${timer.trigger} ${outcome}`,
      })
    try {
      const answer = await functions.invoke(timer.function, eventOf(timer, time), {
        source: 'wx_trigger',
      })
      note('done')
      return answer
    } catch (error) {
      note(`failed: ${error instanceof CloudBaseError ? error.code : messageOf(error)}`)
      throw error
    }
  }
}

/** What the platform hands to the function (cloud.tencent.com, 云函数 → 定时触发器). */
function eventOf({ trigger }: Timer, time: number) {
  const Time = new Date(time).toISOString().replace(/\.\d+/, '')
  return { Type: 'Timer', TriggerName: trigger, Time, Message: '' }
}
