import type { Random } from '../support/random'

/** A moment of choice, and what followed from each choice that was made at it. */
interface Moment {
  next: Map<string, Moment>
  /** every choice was made, and everything that can follow from it was seen */
  exhausted: boolean
}

const newMoment = (): Moment => ({ next: new Map(), exhausted: false })

/** All the ways that were gone through a tree of choices: none is gone twice. */
export class Choices {
  readonly #begin = newMoment()

  /** True when there is no other way. */
  get exhausted(): boolean {
    return this.#begin.exhausted
  }

  /** A way that was not gone yet: `choose` at every fork of it, then `end`. */
  newWay(random: Random): { choose: <T extends string>(options: readonly T[]) => T; end(): void } {
    const way: { moment: Moment; options: number }[] = []
    let moment = this.#begin
    return {
      choose(options) {
        const open = options.filter((option) => !moment.next.get(option)?.exhausted)
        const chosen = random.pick(open)
        way.push({ moment, options: options.length })
        const next = moment.next.get(chosen) ?? newMoment()
        moment.next.set(chosen, next)
        moment = next
        return chosen
      },
      end() {
        moment.exhausted = true
        for (const { moment: fork, options } of way.reverse()) {
          const ways = [...fork.next.values()]
          fork.exhausted = ways.length === options && ways.every(({ exhausted }) => exhausted)
        }
      },
    }
  }
}
