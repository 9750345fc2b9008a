import { FaultQueue } from '../../kit/fault-queue'
import { timerOf, type Timer } from './schedule'

/** How a firing goes wrong, in either way or both: the platform fires at least once, and about then. */
export interface TimerFault {
  /** it starts two runs at the same time, which have the same `Time` in their events */
  twice?: boolean
  /** it comes this many ms (by the simulated clock) after the `Time` in its event */
  lateMs?: number
}

/** The faults of the next firings, by function. */
export class TimerFaults extends FaultQueue<string, TimerFault> {
  readonly #schedule: readonly Timer[]

  constructor(schedule: readonly Timer[]) {
    super()
    this.#schedule = schedule
  }

  /** @throws Error when the function has no timer */
  override inject(name: string, fault: TimerFault & { times?: number }): void {
    timerOf(this.#schedule, name)
    super.inject(name, fault)
  }
}
