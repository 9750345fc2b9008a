/**
 * Holds the faults that tests inject: one queue for each name, such as an endpoint or an action.
 */
export class FaultQueue<Name extends string, Fault extends object> {
  readonly #queues = new Map<Name, Fault[]>()

  /** Queues a fault for one request, or for `times` requests, behind those already queued. */
  inject(name: Name, { times = 1, ...fault }: Fault & { times?: number }): void {
    const queue = this.#queues.get(name) ?? []
    const copies = Array.from({ length: times }, () => fault as unknown as Fault)
    this.#queues.set(name, [...queue, ...copies])
  }

  /** Removes and returns the first queued fault that fits the current request. */
  take(name: Name, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
    const queue = this.#queues.get(name) ?? []
    const index = queue.findIndex(fits)
    return index === -1 ? undefined : queue.splice(index, 1)[0]
  }

  clear(): void {
    this.#queues.clear()
  }
}

/** Holds the faults of requests to a server, and a latency that applies to every request. */
export class ServerFaults<Name extends string, Fault extends object> extends FaultQueue<
  Name,
  Fault
> {
  #latencyMs = 0

  /** How long (ms of real time) every request waits before it is processed. */
  get latencyMs(): number {
    return this.#latencyMs
  }

  /** Makes every request wait this long (ms of real time) before it is processed, concurrently. */
  setLatency(ms: number): void {
    this.#latencyMs = ms
  }

  /** Removes all faults and the latency. */
  override clear(): void {
    super.clear()
    this.#latencyMs = 0
  }
}
