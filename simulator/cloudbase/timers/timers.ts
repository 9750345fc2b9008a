import { followTime, type SimulatedClock } from '../../clock'
import { UnderWay } from '../../under-way'
import { CloudBaseError, messageOf } from '../errors'
import type { FunctionHost } from '../functions/host'
import type { Log } from '../log'
import type { Timer } from './schedule'

export interface TimersOptions {
  schedule: readonly Timer[]
  functions: FunctionHost
  clock: SimulatedClock
  log: Log
}

/**
 * Calls the functions that have timer triggers, by the simulated clock. Held at first, until
 * `release`. A trigger whose time has come fires once, however long ago that was, and also while
 * its last run is still under way, as the platform's.
 */
export class Timers {
  readonly #options: TimersOptions
  readonly #runs = new UnderWay()
  readonly #stop: () => void
  /** ms by the simulated clock; without the timers that never fire again, empty while held */
  readonly #dueAt = new Map<Timer, number>()

  constructor(options: TimersOptions) {
    this.#options = options
    this.#stop = followTime(options.clock, () => this.#look())
  }

  /** From now on no timer fires by itself. */
  hold(): void {
    this.#dueAt.clear()
  }

  /** Lets the timers fire; what they missed while they were held is not made up for. */
  release(): void {
    const now = this.#options.clock.now()
    for (const timer of this.#options.schedule) this.#plan(timer, now)
  }

  /**
   * Fires a function's first timer now.
   * @returns what the function answered
   * @throws Error when the function has no timer; CloudBaseError as FunctionHost.invoke does
   */
  async run(name: string): Promise<unknown> {
    const timer = this.#options.schedule.find((candidate) => candidate.function === name)
    if (timer === undefined) throw new Error(`The function ${name} has no timer trigger.`)
    return this.#runs.add(this.#fire(timer, this.#options.clock.now()))
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
      void this.#runs.add(this.#fire(timer, dueAt))
    }
  }

  #plan(timer: Timer, now: number): void {
    const dueAt = timer.cron.next(now)
    if (dueAt === undefined) this.#dueAt.delete(timer)
    else this.#dueAt.set(timer, dueAt)
  }

  async #fire(timer: Timer, time: number): Promise<unknown> {
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
