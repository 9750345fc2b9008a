import type { RefundOutcome } from '../../../../simulator/wechat-pay/ledger/entities'
import { randomFaults } from '../../faults/random-faults'
import type { Random } from '../../simulation/random'
import { DAY, HOUR, MINUTE } from '../../simulation/simulation'
import type { Event, PlannedFault, RunStep, Tap } from './history'

/** Returns the typical steps of an order, starting with its purchase. */
export function orderLifecycle(
  random: Random,
  shoppers: number,
  order: number,
): (RunStep | Event)[] {
  const shopper = 1 + random.below(shoppers)
  const faults = randomFaults(random, 'refund')
  const tap = (type: Tap): RunStep => ({
    do: 'tap',
    by: 'owner',
    type,
    order,
    faults: random.chance(0.3) ? randomFaults(random, type) : [],
  })
  const as = random.pick(['SUCCESS', 'SUCCESS', 'REFUNDCLOSE', 'CHANGE'] as const)
  const again: (RunStep | Event)[] = random.chance(0.3) ? [tap('refund')] : []
  const byHand: Event[] = random.chance(0.25)
    ? [
        {
          do: 'refund by hand',
          order,
          part: random.pick(['rest', 'half', 'twelve parts'] as const),
        },
      ]
    : []
  if (random.chance(0.2)) return latePayment(order, shopper, as)
  if (random.chance(0.05)) return notAccepted(order, shopper)
  if (random.chance(0.05)) return missing(order, shopper)
  return [
    { do: 'buy', shopper, goods: 'cake', purchase: order, faults: [] },
    ...(random.chance(0.2) ? [tap('closeorder')] : []),
    { do: 'pay', order },
    { do: 'refunds will end', order, as },
    ...(random.chance(0.5) ? byHand.splice(0) : []),
    random.chance(0.5) ? tap('payorder') : { do: 'notify of payment', order, faults: [] },
    ...byHand,
    { do: 'tap', by: 'owner', type: 'refund', order, faults },
    { do: 'wait', ms: 4000 },
    random.chance(0.5)
      ? tap('queryrefund')
      : { do: 'notify of refund', order, refund: 0, faults: [] },
    ...again,
    random.chance(0.5) ? { do: 'timer', faults: [] } : { do: 'wait', ms: 5 * MINUTE },
    tap('deleteorder'),
  ]
}

/** WeChat reports CLOSED, but a payment already in progress succeeds. */
function latePayment(order: number, shopper: number, as: RefundOutcome): (RunStep | Event)[] {
  const query = (faults: PlannedFault[] = []): RunStep => ({
    do: 'tap',
    by: 'owner',
    type: 'orderquery',
    order,
    faults,
  })
  return [
    { do: 'buy', shopper, goods: 'cake', purchase: order, faults: [] },
    query([{ n: 1, kind: 'says CLOSED' }]),
    { do: 'pay', order },
    { do: 'refunds will end', order, as },
    { do: 'notify of payment', order, faults: [] },
    query(),
    { do: 'wait', ms: 4000 },
    query(),
  ]
}

/** WeChat is unable to accept the refund for a day. */
const notAccepted = (order: number, shopper: number): (RunStep | Event)[] => [
  { do: 'buy', shopper, goods: 'cake', purchase: order, faults: [] },
  { do: 'pay', order },
  { do: 'tap', by: 'owner', type: 'payorder', order, faults: [] },
  {
    do: 'tap',
    by: 'owner',
    type: 'refund',
    order,
    faults: [{ n: 1, kind: 'refuses SYSTEMERROR' }],
  },
  { do: 'wait', ms: DAY + HOUR },
  { do: 'timer', faults: [{ n: 1, kind: 'refuses SYSTEMERROR' }] },
]

/** WeChat replies ORDERNOTEXIST for an order that has a prepay_id. */
const missing = (order: number, shopper: number): (RunStep | Event)[] => [
  { do: 'buy', shopper, goods: 'cake', purchase: order, faults: [] },
  { do: 'wait', ms: 31 * MINUTE },
  { do: 'timer', faults: [{ n: 1, kind: 'refuses ORDERNOTEXIST' }] },
]
