import { FaultQueue } from '../../kit/fault-queue'
import { timerOf, type Timer } from './schedule'

/** A fault of one firing: the platform fires at least once, and not exactly on time. */
export interface TimerFault {
  /** it starts two runs at the same time, with the same `Time` in their events */
  twice?: boolean
  /** it fires this many ms (by the simulated clock) after the `Time` in its event */
  lateMs?: number
}

/** Injects faults into the next firings, by function. */
export class TimerFaults extends FaultQueue<string, TimerFault> {
  readonly #schedule: () => readonly Timer[]

  /** @param schedule returns the present timers */
  constructor(schedule: () => readonly Timer[]) {
    super()
    this.#schedule = schedule
  }

  /**
   * Queues a fault for the function's next firings.
   * @throws Error when the function has no timer
   */
  override inject(name: string, fault: TimerFault & { times?: number }): void {
    timerOf(this.#schedule(), name)
    super.inject(name, fault)
  }
}
