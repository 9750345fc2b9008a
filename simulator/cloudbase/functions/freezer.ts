const THAWED = 0
const FROZEN = 1

/**
 * Stops a worker thread and lets it run again, through one Int32 of shared memory: what SIGSTOP and
 * SIGCONT are to a process. Both sides make one of these over the same memory.
 */
export class Freezer {
  readonly #state: Int32Array

  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#state = new Int32Array(shared)
  }

  /**
   * Stops the calling thread until another one thaws it: its timers, sockets and promises too.
   * @param last runs just before; a thaw that answers it is never missed, however early it comes
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
