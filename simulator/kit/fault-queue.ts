/**
 * Faults that tests inject, in a queue for each name of what they happen to. By itself nothing goes
 * wrong.
 */
export class FaultQueue<Name extends string, Fault extends object> {
  readonly #queues = new Map<Name, Fault[]>()

  /** Adds a fault for the next request, or the next `times` requests, that no other fault awaits. */
  inject(name: Name, { times = 1, ...fault }: Fault & { times?: number }): void {
    const queue = this.#queues.get(name) ?? []
    const copies = Array.from({ length: times }, () => fault as unknown as Fault)
    this.#queues.set(name, [...queue, ...copies])
  }

  /** The fault of the request that is here now: the first that fits it. */
  take(name: Name, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
    const queue = this.#queues.get(name) ?? []
    const index = queue.findIndex(fits)
    return index === -1 ? undefined : queue.splice(index, 1)[0]
  }

  clear(): void {
    this.#queues.clear()
  }
}

/** The faults of requests to a server, and the latency of them all. */
export class ServerFaults<Name extends string, Fault extends object> extends FaultQueue<
  Name,
  Fault
> {
  #latencyMs = 0

  /** How long (ms of real time) every request waits before it is processed. */
  get latencyMs(): number {
    return this.#latencyMs
  }

  /** Lets every request wait so long (ms of real time), side by side, before it is processed. */
  setLatency(ms: number): void {
    this.#latencyMs = ms
  }

  /** Removes all faults, the latency too. */
  override clear(): void {
    super.clear()
    this.#latencyMs = 0
  }
}
