/**
 * One step of a schedule: an actor's port call takes effect, or the payer acts. The order of two
 * steps matters only if they are dependent. Two schedules are equivalent if one becomes the other by
 * swapping neighbouring independent steps: nobody can tell them apart (Mazurkiewicz traces).
 */
export interface Step {
  /** 1 or 2 */
  actor: number
  /** the port call's name and its number in the invocation */
  what: string
  /** the length of the schedule when the step became possible */
  since: number
}

/** What a step uses. */
interface Use {
  resource: 'orders' | 'wechatPay' | 'goods' | 'messages'
  reads: boolean
}

const READS = new Set([
  'orders.get',
  'orders.due',
  'orders.countUnpaid',
  'wechatPay.orderquery',
  'wechatPay.refundquery',
  'goods.get',
])

/** Returns what a step uses. Steps outside port calls pay at WeChat or read its notifications. */
function useOf({ what }: Step): Use {
  const name = what.split(' ')[0]!
  const resource = name.includes('.') ? name.split('.')[0]! : 'wechatPay'
  return { resource: resource as Use['resource'], reads: READS.has(name) }
}

/** Returns whether the order of two steps can matter: they use the same thing, and one writes it. */
function conflict(one: Step, other: Step): boolean {
  const [a, b] = [useOf(one), useOf(other)]
  return a.resource === b.resource && !(a.reads && b.reads)
}

/** Returns whether the step with this position must stay before `step`. */
function isBefore(schedule: readonly Step[], position: number, step: Step): boolean {
  const earlier = schedule[position]!
  return (earlier.actor === step.actor && position < step.since) || conflict(earlier, step)
}

const compareSteps = (one: Step, other: Step) =>
  one.actor - other.actor || (one.what < other.what ? -1 : one.what > other.what ? 1 : 0)

/**
 * Returns whether a schedule stays the least of its class, in the order of `compareSteps`, when the
 * step follows it: the step cannot move before a greater one (Anisimov and Knuth 1979).
 */
export function staysLeast(schedule: readonly Step[], step: Step): boolean {
  for (let position = schedule.length - 1; position >= step.since; position--) {
    if (isBefore(schedule, position, step)) return true
    if (compareSteps(schedule[position]!, step) > 0) return false
  }
  return true
}

/** Returns a text that is the same for equivalent schedules, and for no others. */
export function classOf(schedule: readonly Step[]): string {
  const name = ({ actor, what }: Step) => `${actor} ${what}`
  const lines = schedule.map((step, n) => {
    const earlier = schedule.slice(0, n).filter((_, position) => isBefore(schedule, position, step))
    return `${name(step)} after ${earlier.map(name).sort().join(', ')}`
  })
  return lines.sort().join('; ')
}
