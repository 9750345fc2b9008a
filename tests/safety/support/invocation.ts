/** One call of a port: `n` counts the calls of its invocation, from 1. */
export interface Point {
  name: string
  n: number
  invocation: string
}

/**
 * What becomes of a port call, decided before its effect and once more after it. `crash`: the
 * invocation ends here and now, for good. `fault`: the caller only learns that the outcome is
 * unknown; before the effect there is none, after it the reply is lost. `late` (before): the same
 * to the caller, but the request is still under way. `instead`: this is the reply; given before the
 * effect, there is none.
 */
export type Fate = 'go' | 'crash' | 'fault' | 'late' | { instead: unknown }

/** Asked twice about every port call, afterwards with the reply; a promise makes the call wait. */
export type Hook = (point: Point, when: 'before' | 'after', reply?: unknown) => Fate | Promise<Fate>

/** What an invocation that crashed resolves to. */
export const CRASHED = Symbol('crashed')

/** A run that goes on for longer than this many port calls meets the time limit of its function. */
const TIME_LIMIT = 2000

/** Made anew each time: one promise for all would keep everything that ever waited for it. */
const never = () => new Promise<never>(() => {})

/** One run of one of the shop's functions: every effect that it has goes through here. */
export class Invocation {
  readonly id: string
  /** resolves when the invocation crashes */
  readonly crashed: Promise<typeof CRASHED>
  readonly #hook: Hook
  readonly #underWay: (() => void)[]
  #crash!: (crashed: typeof CRASHED) => void
  #dead = false
  #calls = 0

  /** @param underWay where the effects go that come late */
  constructor(id: string, hook: Hook = () => 'go', underWay: (() => void)[] = []) {
    this.id = id
    this.#hook = hook
    this.#underWay = underWay
    this.crashed = new Promise((resolve) => {
      this.#crash = resolve
    })
  }

  /**
   * Performs an effect under the eyes of the hook. In a dead invocation nothing has an effect and
   * nothing ever comes back, so that no `catch` or `finally` of the shop can go on.
   * @param unknown what the caller gets when the outcome is unknown; may throw
   */
  async perform<T>(name: string, effect: () => T | Promise<T>, unknown: () => T): Promise<T> {
    const point = { name, n: ++this.#calls, invocation: this.id }
    const before = await this.#ask(point, 'before')
    if (before === 'late') this.#underWay.push(() => void attempt(effect))
    if (before === 'late' || before === 'fault') return unknown()
    if (typeof before === 'object') return before.instead as T
    const done = await attempt(effect)
    const after = await this.#ask(point, 'after', 'value' in done ? done.value : undefined)
    if (after === 'fault') return unknown()
    if (typeof after === 'object') return after.instead as T
    if ('error' in done) throw done.error
    return done.value
  }

  async #ask(point: Point, when: 'before' | 'after', reply?: unknown): Promise<Fate> {
    if (this.#dead) return never()
    const fate = point.n > TIME_LIMIT ? 'crash' : await this.#hook(point, when, reply)
    if (fate === 'crash') {
      this.#dead = true
      this.#crash(CRASHED)
    }
    return this.#dead ? never() : fate
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
