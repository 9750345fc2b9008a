import type { Clock } from '../kit/clock'
import { ServerFaults } from '../kit/fault-queue'
import { type Failure, frequencyLimited, type Refusal } from './endpoint-reply'
import type { EndpointName } from './endpoints'
import { SlidingSecond } from './sliding-second'
import type { Fields } from './xml'

/** `before` or `after` the request had its effect on the ledger. */
type When = 'before' | 'after'

/** A fault injected into one request. */
export type Fault =
  /** a valid request is refused or fails, without effect */
  | Refusal
  | Failure
  /** the connection breaks */
  | { kind: 'reset'; when: When }
  /** no reply is ever sent */
  | { kind: 'silence'; when: When }
  /** the request is processed this many ms later */
  | { kind: 'delay'; ms: number }
  /** the reply is this body, and the request has no effect */
  | { kind: 'reply'; body: string }
  /**
   * the request has its effect, and the reply's fields are changed and, with `resign`, signed again
   */
  | { kind: 'alter'; change: (reply: Fields) => Fields; resign: boolean }

interface RateLimit {
  perSecond: number
  accepted: SlidingSecond
}

/** Injects faults into the gateway: a queue for each endpoint, rate limits, and latency. */
export class Faults extends ServerFaults<EndpointName, Fault> {
  readonly #clock: Clock
  readonly #limits = new Map<EndpointName, RateLimit>()

  constructor(clock: Clock) {
    super()
    this.#clock = clock
  }

  /**
   * Limits the endpoint to this many requests within any second of the simulated clock. Further
   * ones are refused with FREQUENCY_LIMITED, without effect, and do not count towards the limit.
   */
  limitRate(endpoint: EndpointName, perSecond: number): void {
    this.#limits.set(endpoint, { perSecond, accepted: new SlidingSecond() })
  }

  /**
   * Returns the fault of the current request. A request above the rate limit takes none from the
   * queue.
   */
  override take(endpoint: EndpointName): Fault | undefined {
    return this.#exceedsRate(endpoint) ? frequencyLimited() : super.take(endpoint)
  }

  /** Removes all faults, rate limits and the latency. */
  override clear(): void {
    super.clear()
    this.#limits.clear()
  }

  #exceedsRate(endpoint: EndpointName): boolean {
    const limit = this.#limits.get(endpoint)
    if (limit === undefined) return false
    const now = this.#clock.now()
    if (limit.accepted.count(now) >= limit.perSecond) return true
    limit.accepted.add(now)
    return false
  }
}
