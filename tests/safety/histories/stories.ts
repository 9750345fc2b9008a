import type { RefundOutcome } from '../../../simulator/wechat-pay/ledger/entities'
import type { Random } from '../support/random'
import { DAY, HOUR, MINUTE } from '../support/simulation'
import { someTroubles } from './some-troubles'
import type { Event, Run, Tap, Trouble } from './step'

/** What an order's life can be, from buying it on. */
export function story(random: Random, shoppers: number, order: number): (Run | Event)[] {
  const shopper = 1 + random.below(shoppers)
  const troubles = someTroubles(random, 'refund')
  const tap = (type: Tap): Run => ({
    do: 'tap',
    by: 'owner',
    type,
    order,
    troubles: random.chance(0.3) ? someTroubles(random, type) : [],
  })
  const as = random.pick(['SUCCESS', 'SUCCESS', 'REFUNDCLOSE', 'CHANGE'] as const)
  const again: (Run | Event)[] = random.chance(0.3) ? [tap('refund')] : []
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
  if (random.chance(0.05)) return unanswered(order, shopper)
  if (random.chance(0.05)) return missing(order, shopper)
  return [
    { do: 'buy', shopper, goods: 'cake', intent: order, troubles: [] },
    ...(random.chance(0.2) ? [tap('closeorder')] : []),
    { do: 'pay', order },
    { do: 'refunds will end', order, as },
    ...(random.chance(0.5) ? byHand.splice(0) : []),
    random.chance(0.5) ? tap('payorder') : { do: 'notify of payment', order, troubles: [] },
    ...byHand,
    { do: 'tap', by: 'owner', type: 'refund', order, troubles },
    { do: 'wait', ms: 4000 },
    random.chance(0.5)
      ? tap('queryrefund')
      : { do: 'notify of refund', order, refund: 0, troubles: [] },
    ...again,
    random.chance(0.5) ? { do: 'timer', troubles: [] } : { do: 'wait', ms: 5 * MINUTE },
    tap('deleteorder'),
  ]
}

/** WeChat says closed, and yet the payer, who was under way, pays. */
function latePayment(order: number, shopper: number, as: RefundOutcome): (Run | Event)[] {
  const look = (troubles: Trouble[] = []): Run => ({
    do: 'tap',
    by: 'owner',
    type: 'orderquery',
    order,
    troubles,
  })
  return [
    { do: 'buy', shopper, goods: 'cake', intent: order, troubles: [] },
    look([{ n: 1, kind: 'says CLOSED' }]),
    { do: 'pay', order },
    { do: 'refunds will end', order, as },
    { do: 'notify of payment', order, troubles: [] },
    look(),
    { do: 'wait', ms: 4000 },
    look(),
  ]
}

/** WeChat accepts a refund only after a day. */
const unanswered = (order: number, shopper: number): (Run | Event)[] => [
  { do: 'buy', shopper, goods: 'cake', intent: order, troubles: [] },
  { do: 'pay', order },
  { do: 'tap', by: 'owner', type: 'payorder', order, troubles: [] },
  {
    do: 'tap',
    by: 'owner',
    type: 'refund',
    order,
    troubles: [{ n: 1, kind: 'refuses SYSTEMERROR' }],
  },
  { do: 'wait', ms: DAY + HOUR },
  { do: 'timer', troubles: [{ n: 1, kind: 'refuses SYSTEMERROR' }] },
]

/** WeChat says that it does not know an order that it gave a prepay_id to. */
const missing = (order: number, shopper: number): (Run | Event)[] => [
  { do: 'buy', shopper, goods: 'cake', intent: order, troubles: [] },
  { do: 'wait', ms: 31 * MINUTE },
  { do: 'timer', troubles: [{ n: 1, kind: 'refuses ORDERNOTEXIST' }] },
]
