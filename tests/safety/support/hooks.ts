import type { Fate, Hook } from './invocation'

/** At the first call of `name`, decides its fate or does something else before it. */
export function at(
  name: string,
  when: 'before' | 'after',
  what: () => Fate | Promise<unknown>,
): Hook {
  let over = false
  return async (point, moment) => {
    if (over || point.name !== name || moment !== when) return 'go'
    over = true
    const fate = await what()
    return isFate(fate) ? fate : 'go'
  }
}

const isFate = (value: unknown): value is Fate =>
  value === 'go' ||
  value === 'crash' ||
  value === 'fault' ||
  value === 'late' ||
  (typeof value === 'object' && value !== null && 'instead' in value)

/** One after the other until one of them decides. */
export const both =
  (...hooks: Hook[]): Hook =>
  async (point, when) => {
    for (const hook of hooks) {
      const fate = await hook(point, when)
      if (fate !== 'go') return fate
    }
    return 'go'
  }
