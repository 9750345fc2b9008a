/** One call of a port. `n` counts the calls of its invocation, from 1. */
export interface Point {
  name: string
  n: number
  invocation: string
}

/**
 * What happens to a port call. It is decided twice: before the effect and after it.
 * - `go`: nothing special.
 * - `crash`: the invocation ends here and never resumes.
 * - `fault`: the caller gets an unknown outcome. Before the effect, the effect does not happen;
 *   after it, only the reply is lost.
 * - `delayed` (before only): the caller gets an unknown outcome, and the request stays pending.
 * - `instead`: the caller gets this reply. Before the effect, the effect does not happen.
 */
export type Fate = 'go' | 'crash' | 'fault' | 'delayed' | { instead: unknown }

/** Decides the fate of every port call, before and after its effect. A promise makes the call wait. */
export type Hook = (point: Point, when: 'before' | 'after', reply?: unknown) => Fate | Promise<Fate>

/** The result of an invocation that crashed. */
export const CRASHED = Symbol('crashed')

/** The number of port calls after which a run reaches the time limit of its function. */
const TIME_LIMIT = 2000

/** A new promise each time, because a shared one would keep every waiter in memory. */
const never = () => new Promise<never>(() => {})

/** One run of one of the shop's functions. Each of its effects passes through `perform`. */
export class Invocation {
  readonly id: string
  /** resolves when the invocation crashes */
  readonly crashed: Promise<typeof CRASHED>
  readonly #hook: Hook
  readonly #pendingRequests: (() => void)[]
  #crash!: (crashed: typeof CRASHED) => void
  #hasCrashed = false
  #calls = 0

  /** @param pendingRequests receives the effects that are delayed */
  constructor(id: string, hook: Hook = () => 'go', pendingRequests: (() => void)[] = []) {
    this.id = id
    this.#hook = hook
    this.#pendingRequests = pendingRequests
    this.crashed = new Promise((resolve) => {
      this.#crash = resolve
    })
  }

  /**
   * Performs an effect and lets the hook decide its fate. After a crash the promise never settles,
   * so that no `catch` or `finally` of the shop runs.
   * @param onUnknownOutcome returns what the caller gets when the outcome is unknown; may throw
   */
  async perform<T>(
    name: string,
    effect: () => T | Promise<T>,
    onUnknownOutcome: () => T,
  ): Promise<T> {
    const point = { name, n: ++this.#calls, invocation: this.id }
    const before = await this.#ask(point, 'before')
    if (before === 'delayed') this.#pendingRequests.push(() => void attempt(effect))
    if (before === 'delayed' || before === 'fault') return onUnknownOutcome()
    if (typeof before === 'object') return before.instead as T
    const done = await attempt(effect)
    const after = await this.#ask(point, 'after', 'value' in done ? done.value : undefined)
    if (after === 'fault') return onUnknownOutcome()
    if (typeof after === 'object') return after.instead as T
    if ('error' in done) throw done.error
    return done.value
  }

  async #ask(point: Point, when: 'before' | 'after', reply?: unknown): Promise<Fate> {
    if (this.#hasCrashed) return never()
    const fate = point.n > TIME_LIMIT ? 'crash' : await this.#hook(point, when, reply)
    if (fate === 'crash') {
      this.#hasCrashed = true
      this.#crash(CRASHED)
    }
    return this.#hasCrashed ? never() : fate
  }
}

async function attempt<T>(
  effect: () => T | Promise<T>,
): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await effect() }
  } catch (error) {
    return { error }
  }
}
