import type { Fate, Hook } from '../simulation/invocation'

/** The faults of one port call: on which side of its effect, and the fate that causes it. */
export const FAULTS = {
  'crash before': ['before', 'crash'],
  'crash after': ['after', 'crash'],
  'reply lost': ['after', 'fault'],
  'request lost': ['before', 'fault'],
  'request delayed': ['before', 'delayed'],
} as const satisfies Record<string, readonly ['before' | 'after', Fate]>

export type FaultName = keyof typeof FAULTS

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]

/** Returns a hook that acts once, at the first call of `name`: it decides the fate or runs `what`. */
export function at(
  name: string,
  when: 'before' | 'after',
  what: () => Fate | Promise<unknown>,
): Hook {
  let isDone = false
  return async (point, moment) => {
    if (isDone || point.name !== name || moment !== when) return 'go'
    isDone = true
    const fate = await what()
    return isFate(fate) ? fate : 'go'
  }
}

const isFate = (value: unknown): value is Fate =>
  value === 'go' ||
  value === 'crash' ||
  value === 'fault' ||
  value === 'delayed' ||
  (typeof value === 'object' && value !== null && 'instead' in value)

/** Asks the hooks in order; the first one that does not return `go` decides. */
export const combine =
  (...hooks: Hook[]): Hook =>
  async (point, when) => {
    for (const hook of hooks) {
      const fate = await hook(point, when)
      if (fate !== 'go') return fate
    }
    return 'go'
  }
