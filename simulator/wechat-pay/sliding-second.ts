/** Counts what happened within the last second, by times in ms that never go back. */
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
