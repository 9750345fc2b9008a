/** Work that goes on by itself, for those who must wait until it is done. */
export class UnderWay {
  readonly #tasks = new Set<Promise<unknown>>()

  /** Remembers the task until it ends; its failure is for whoever awaits it, and for nobody else. */
  add<T>(task: Promise<T>): Promise<T> {
    const end = () => void this.#tasks.delete(task)
    this.#tasks.add(task)
    task.then(end, end)
    return task
  }

  /** Resolves when nothing is under way, neither what is now nor what that leads to. */
  async settled(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.allSettled(this.#tasks)
  }
}
