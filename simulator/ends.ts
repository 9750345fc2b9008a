/** What must be ended when something closes: the last begun is ended first. */
export class Ends {
  readonly #ends: (() => void | Promise<void>)[] = []

  add(end: () => void | Promise<void>): void {
    this.#ends.push(end)
  }

  /** Ends everything, once. */
  async run(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end()
  }
}
