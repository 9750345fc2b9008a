/** Tasks that run in the background, for callers that must wait until all are done. */
export class PendingTasks {
  readonly #tasks = new Set<Promise<unknown>>()

  /** Tracks the task until it settles. Its failure is for the caller who awaits it, and no one else. */
  add<T>(task: Promise<T>): Promise<T> {
    const remove = () => void this.#tasks.delete(task)
    this.#tasks.add(task)
    task.then(remove, remove)
    return task
  }

  /** Resolves when no task is pending, including those that pending tasks start. */
  async settled(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.allSettled(this.#tasks)
  }
}
