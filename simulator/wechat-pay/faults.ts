import type { Failure, Refusal } from './answer'
import type { EndpointName } from './endpoints'
import type { Fields } from './xml'

/** `before` or `after` the request had its effect on the ledger. */
type When = 'before' | 'after'

/** What goes wrong with one request. */
export type Fault =
  /** a properly made request is refused, without effect */
  | Refusal
  | Failure
  /** the connection breaks */
  | { kind: 'reset'; when: When }
  /** no answer ever comes */
  | { kind: 'silence'; when: When }
  /** the request is processed so many ms later */
  | { kind: 'delay'; ms: number }
  /** this body is the whole answer, without effect */
  | { kind: 'reply'; body: string }
  /** the request has its effect, the reply's fields are changed; `resign`: and signed anew */
  | { kind: 'alter'; change: (reply: Fields) => Fields; resign: boolean }

/** The faults that tests have in store: each request meets the next one of its service. */
export class Faults {
  readonly #queues = new Map<EndpointName, Fault[]>()

  /** Adds a fault for the next request, or the next `times` requests, that no other fault awaits. */
  inject(endpoint: EndpointName, { times = 1, ...fault }: Fault & { times?: number }): void {
    const queue = this.#queues.get(endpoint) ?? []
    this.#queues.set(endpoint, [...queue, ...Array.from({ length: times }, () => fault)])
  }

  /** The fault of the request that is here now. */
  take(endpoint: EndpointName): Fault | undefined {
    return this.#queues.get(endpoint)?.shift()
  }

  clear(): void {
    this.#queues.clear()
  }
}
