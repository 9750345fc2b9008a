import type { Random } from '../../simulation/random'

/** A node of the tree: one decision, with a child for each option that was chosen. */
interface Node {
  next: Map<string, Node>
  /** every option was chosen, and every child is exhausted */
  exhausted: boolean
}

const newNode = (): Node => ({ next: new Map(), exhausted: false })

/** A tree of choices. It records the paths that were taken, so that no path is taken twice. */
export class ChoiceTree {
  readonly #root = newNode()

  /** Whether every path was taken. */
  get exhausted(): boolean {
    return this.#root.exhausted
  }

  /** Starts a path that was not taken yet. Call `choose` at every node, then `end`. */
  newPath(random: Random): { choose: <T extends string>(options: readonly T[]) => T; end(): void } {
    const path: { node: Node; options: number }[] = []
    let node = this.#root
    return {
      choose(options) {
        const open = options.filter((option) => !node.next.get(option)?.exhausted)
        const chosen = random.pick(open)
        path.push({ node, options: options.length })
        const next = node.next.get(chosen) ?? newNode()
        node.next.set(chosen, next)
        node = next
        return chosen
      },
      end() {
        node.exhausted = true
        for (const { node: parent, options } of path.reverse()) {
          const children = [...parent.next.values()]
          parent.exhausted =
            children.length === options && children.every(({ exhausted }) => exhausted)
        }
      },
    }
  }
}
