/** Collects cleanup steps and runs them in reverse order, the latest first. */
export class CleanupStack {
  readonly #steps: (() => void | Promise<void>)[] = []

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step)
  }

  /** Runs every step, once. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step()
  }
}
