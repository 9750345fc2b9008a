/** Tracks background tasks, so that a caller can wait until all of them are done. */
export class PendingTasks {
  readonly #tasks = new Set<Promise<unknown>>()

  /**
   * Tracks the task until it settles. A failure is reported only to the caller that awaits the
   * task.
   */
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
