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
  readonly #listeners = new Set<() => void>()

  now(): number {
    return Date.now() + this.#offset[0]!
  }

  /** Moves the simulated world `ms` milliseconds into the future. */
  advance(ms: number): void {
    this.#offset[0]! += ms
    for (const listener of this.#listeners) listener()
  }

  /**
   * Calls `listener` after every move.
   * @returns ends that
   */
  onAdvance(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/**
 * Calls `look` every second of real time and whenever the clock is moved, for what becomes due in
 * the simulated world. It does not keep the process alive.
 * @returns ends that
 */
export function followTime(clock: SimulatedClock, look: () => void): () => void {
  const timer = setInterval(look, 1000).unref()
  const stop = clock.onAdvance(look)
  return () => {
    clearInterval(timer)
    stop()
  }
}
