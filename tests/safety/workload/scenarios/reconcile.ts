import { at } from '../../faults/port-faults'
import { DAY, MINUTE } from '../../simulation/simulation'
import {
  later,
  returnedToPaidTooEarly,
  cancelled,
  charged,
  neverReachedWeChat,
  ordered,
  paidWithMessageOwed,
  refundedByHand,
  refundEnding,
  refunding,
  refundRequested,
} from '../sample-orders'
import { before, refuses, timer, type Scenario } from './scenario'

const when: Scenario['when'] = timer

const expired = later(31 * MINUTE, ordered)

export const reconcile: Scenario[] = [
  { name: 'nothing is due', given: ordered, when, ends: '0 done, 0 failed' },
  { name: 'expired', given: expired, when, ends: '1 done, 0 failed' },
  {
    name: 'expired, closed by WeChat',
    given: later(36 * MINUTE, ordered),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'expired, never at WeChat',
    given: later(31 * MINUTE, neverReachedWeChat),
    when,
    ends: '1 done, 0 failed',
  },
  { name: 'expired, but paid', given: later(31 * MINUTE, charged), when, ends: '1 done, 0 failed' },
  { name: 'cancelled', given: later(6 * MINUTE, cancelled), when, ends: '1 done, 0 failed' },
  {
    name: 'expired, and WeChat replies SYSTEMERROR to orderquery',
    given: expired,
    when,
    meanwhile: refuses('orderquery', 'SYSTEMERROR'),
    ends: '0 done, 1 failed',
  },
  {
    name: 'a message owed',
    given: later(2 * MINUTE, paidWithMessageOwed),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a message that WeChat refused temporarily',
    given: later(2 * MINUTE, paidWithMessageOwed),
    when,
    meanwhile: () => at('messages.send', 'before', () => ({ instead: 'later' })),
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that was paid out',
    given: later(2 * MINUTE, refunding),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that never reached WeChat',
    given: later(2 * MINUTE, refundRequested),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that was closed',
    given: later(2 * MINUTE, refundEnding('REFUNDCLOSE')),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund in CHANGE',
    given: later(2 * MINUTE, refundEnding('CHANGE')),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund whose order was returned to 已支付 too early',
    given: later(2 * MINUTE, returnedToPaidTooEarly),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund by hand, a day after the payment',
    given: later(DAY, refundedByHand(50)),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a full refund by hand, a day after the payment',
    given: later(DAY, refundedByHand(2550)),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a concurrent run leases the order first',
    given: expired,
    when,
    meanwhile: before('orders.compareAndSet', timer),
    ends: '0 done, 0 failed',
  },
  {
    name: 'a refund and a close in one run',
    given: async (simulation) => {
      await refundRequested(simulation)
      return expired(simulation)
    },
    when,
    ends: '2 done, 0 failed',
  },
]
