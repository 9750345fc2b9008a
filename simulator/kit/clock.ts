/** A clock whose `now` returns the simulated time, in ms since 1970. */
export interface Clock {
  now(): number
}

/**
 * Keeps the simulated time: real time plus an offset that tests may increase. The offset is in
 * shared memory, so that a change is visible at once in the worker threads of the cloud functions.
 */
export class SimulatedClock implements Clock {
  /** One Float64: the offset in ms. */
  readonly shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)
  readonly #offset = new Float64Array(this.shared)
  readonly #listeners = new Set<() => void>()

  now(): number {
    return Date.now() + this.#offset[0]!
  }

  /** Moves the simulated time `ms` milliseconds into the future. */
  advance(ms: number): void {
    this.#offset[0]! += ms
    for (const listener of this.#listeners) listener()
  }

  /**
   * Calls `listener` after every `advance`.
   * @returns a function that removes the listener
   */
  onAdvance(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/**
 * Calls `listener` every second of real time and whenever the clock is advanced. It does not keep
 * the process alive.
 * @returns a function that removes the listener
 */
export function onTick(clock: SimulatedClock, listener: () => void): () => void {
  const timer = setInterval(listener, 1000).unref()
  const stop = clock.onAdvance(listener)
  return () => {
    clearInterval(timer)
    stop()
  }
}
