import { randomFaults } from '../../faults/random-faults'
import { Random } from '../../simulation/random'
import { DAY, HOUR, MINUTE } from '../../simulation/simulation'
import type { Event, History, RunStep, Step, Tap } from './history'
import { orderLifecycle } from './lifecycles'

/** How often each tap is chosen, relative to the others. */
const WEIGHTS: { readonly [T in Tap]: number } = {
  orderquery: 1,
  payorder: 2,
  closeorder: 1,
  refund: 2,
  queryrefund: 2,
  deleteorder: 1,
}

const TAPS = Object.entries(WEIGHTS).flatMap(([tap, weight]) => Array<Tap>(weight).fill(tap as Tap))

const WAITS = [4000, 4000, 4000, MINUTE, MINUTE, 5 * MINUTE, 31 * MINUTE, 2 * HOUR, DAY + HOUR]

/** Returns a random history of 10 to 30 steps. @param overlap whether runs overlap */
export function generate(seed: number, overlap: boolean): History {
  const random = new Random(seed)
  const count = 10 + random.below(21)
  const shoppers = 2 + random.below(3)
  const lifecycles = Array.from({ length: 1 + random.below(3) }, (_, order) =>
    orderLifecycle(random, shoppers, order),
  )
  const steps: Step[] = []
  while (steps.length < count) {
    // Every other step advances an order, so that histories reach the late states.
    const next = random.chance(0.5) ? random.pick(lifecycles).shift() : undefined
    if (next) steps.push(next)
    else if (overlap && random.chance(0.5)) steps.push(together(random, shoppers))
    else steps.push(one(random, shoppers))
  }
  return {
    shoppers,
    max_unpaid: random.chance(0.2) ? 1 : 10,
    queryReplies: random.pick(['bare', 'full'] as const),
    notified: random.chance(0.5),
    steps,
  }
}

function together(random: Random, shoppers: number): Step {
  const members = Array.from({ length: 2 + random.below(3) }, () => one(random, shoppers))
  // Overlapping runs mostly concern one order, because only those can conflict.
  const order = random.below(4)
  if (random.chance(0.8)) for (const member of members) if ('order' in member) member.order = order
  return { do: 'together', members, pace: random.below(2 ** 31) }
}

function one(random: Random, shoppers: number): RunStep | Event {
  return random.chance(0.7) ? run(random, shoppers) : event(random)
}

const RUNS: readonly RunStep['do'][] = [
  'buy',
  'buy',
  'tap',
  'tap',
  'tap',
  'tap',
  'tap',
  'tap',
  'query refund by number',
  'notify of payment',
  'notify of payment',
  'notify of refund',
  'timer',
]

function run(random: Random, shoppers: number, what?: RunStep['do']): RunStep {
  const shopper = 1 + random.below(shoppers)
  const order = random.below(4)
  const by = random.chance(0.06) ? 'stranger' : 'owner'
  const kind = what ?? (random.chance(0.02) ? 'send nonsense' : random.pick(RUNS))
  const type = random.pick(TAPS)
  const faults = randomFaults(random, kind === 'tap' ? type : kind)
  switch (kind) {
    case 'buy': {
      const goods = random.chance(0.06) ? random.pick(['none', 'free']) : random.pick(GOODS)
      return { do: kind, shopper, goods, purchase: random.below(3), faults }
    }
    case 'tap':
      return { do: kind, by, type, order, faults }
    case 'query refund by number':
      return { do: kind, by, order, faults }
    case 'send nonsense':
      return { do: kind, shopper, faults }
    case 'notify of payment':
      return { do: kind, order, faults }
    case 'notify of refund':
      return { do: kind, order, refund: random.below(3), faults }
    case 'timer':
      return { do: kind, faults }
  }
}

export const BY_HAND = ['rest', 'rest', 'half', 'half', 'fen', 'twelve parts'] as const

const GOODS = ['tea', 'cake', 'cake'] as const

function event(random: Random): Event {
  const order = random.below(4)
  const dice = random.next()
  if (dice < 0.35) return { do: 'pay', order }
  if (dice < 0.75) return { do: 'wait', ms: random.pick(WAITS) }
  if (dice < 0.85) return { do: 'arrive', n: random.below(3) }
  if (dice < 0.93) {
    const as = random.pick(['SUCCESS', 'REFUNDCLOSE', 'CHANGE'] as const)
    return { do: 'refunds will end', order, as }
  }
  if (dice < 0.95) return { do: 'person ends CHANGE', order }
  return { do: 'refund by hand', order, part: random.pick(BY_HAND) }
}
