/** Counts the events of the last second; their times (ms) must not decrease. */
export class SlidingSecond {
  #times: number[] = []

  add(now: number): void {
    this.#times.push(now)
  }

  count(now: number): number {
    this.#times = this.#times.filter((time) => time > now - 1000)
    return this.#times.length
  }
}
