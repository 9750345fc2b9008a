const THAWED = 0
const FROZEN = 1

/**
 * Stops a worker thread and resumes it, as SIGSTOP and SIGCONT do with a process. Both sides create
 * a Freezer over the same shared memory, one Int32.
 */
export class Freezer {
  readonly #state: Int32Array

  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#state = new Int32Array(shared)
  }

  /**
   * Stops the calling thread, with its timers, sockets and promises, until another thread thaws it.
   * @param last runs just before. A thaw in response to it is never missed, even when it comes
   * before the thread has stopped.
   */
  freeze(last: () => void): void {
    Atomics.store(this.#state, 0, FROZEN)
    last()
    Atomics.wait(this.#state, 0, FROZEN)
  }

  thaw(): void {
    Atomics.store(this.#state, 0, THAWED)
    Atomics.notify(this.#state, 0)
  }
}
