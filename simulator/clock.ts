/** The time of the simulated world, in ms since 1970. */
export interface Clock {
  now(): number
}

/**
 * Real time plus an offset that tests may move forward. The offset lies in shared memory, so that
 * the worker threads in which cloud functions run see a move at once.
 */
export class SimulatedClock implements Clock {
  /** One Float64: the offset in ms. */
  readonly shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)
  readonly #offset = new Float64Array(this.shared)

  now(): number {
    return Date.now() + this.#offset[0]!
  }

  /** Moves the simulated world `ms` milliseconds into the future. */
  advance(ms: number): void {
    this.#offset[0]! += ms
  }
}
