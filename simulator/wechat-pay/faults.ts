import type { Clock } from '../kit/clock'
import { ServerFaults } from '../kit/fault-queue'
import { type Failure, frequencyLimited, type Refusal } from './answer'
import type { EndpointName } from './endpoints'
import { SlidingSecond } from './sliding-second'
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
  /** the request has its effect, the reply's fields are changed; `resign`: and signed again */
  | { kind: 'alter'; change: (reply: Fields) => Fields; resign: boolean }

interface RateLimit {
  perSecond: number
  taken: SlidingSecond
}

/**
 * What goes wrong at the gateway: the faults in store, of which each request meets the next one of
 * its service; limits of frequency; latency.
 */
export class Faults extends ServerFaults<EndpointName, Fault> {
  readonly #clock: Clock
  readonly #limits = new Map<EndpointName, RateLimit>()

  constructor(clock: Clock) {
    super()
    this.#clock = clock
  }

  /**
   * From now on the service takes at most so many requests within any second of the simulated clock;
   * the others are refused with FREQUENCY_LIMITED, without effect, and count for nothing.
   */
  limitRate(endpoint: EndpointName, perSecond: number): void {
    this.#limits.set(endpoint, { perSecond, taken: new SlidingSecond() })
  }

  /** The fault of the request that is here now; one above the rate takes none from the queue. */
  override take(endpoint: EndpointName): Fault | undefined {
    return this.#exceedsRate(endpoint) ? frequencyLimited() : super.take(endpoint)
  }

  /** CleanupStack all of it, the limits and the latency too. */
  override clear(): void {
    super.clear()
    this.#limits.clear()
  }

  #exceedsRate(endpoint: EndpointName): boolean {
    const limit = this.#limits.get(endpoint)
    if (limit === undefined) return false
    const now = this.#clock.now()
    if (limit.taken.count(now) >= limit.perSecond) return true
    limit.taken.add(now)
    return false
  }
}
