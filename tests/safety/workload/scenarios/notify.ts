import type { Simulation } from '../../simulation/simulation'
import {
  later,
  charged,
  ordered,
  paid,
  paidAfterClosing,
  refundedByHand,
  refundEnding,
  refunding,
} from '../sample-orders'
import { repliesWith, before, refuses, tap, trade, type Scenario } from './scenario'

const payment: Scenario['when'] = (simulation, number, hook) =>
  simulation.notify(simulation.paymentNotification(number)!, hook)

const refunded: Scenario['when'] = (simulation, number, hook) =>
  simulation.notify(simulation.refundNotifications(number)[0]!, hook)

export const notify: Scenario[] = [
  { name: 'a payment', given: charged, when: payment, ends: 'SUCCESS' },
  { name: 'the same payment again', given: paid, when: payment, ends: 'SUCCESS' },
  {
    name: 'a payment that the page settles concurrently',
    given: charged,
    when: payment,
    meanwhile: before('orders.compareAndSet', tap('payorder')),
    ends: 'SUCCESS',
  },
  { name: 'a payment after closing', given: paidAfterClosing, when: payment, ends: 'SUCCESS' },
  {
    name: 'a payment that cannot be confirmed',
    given: charged,
    when: payment,
    meanwhile: refuses('orderquery', 'SYSTEMERROR'),
    ends: 'FAIL',
  },
  {
    name: 'a payment that the query denies',
    given: charged,
    when: payment,
    meanwhile: repliesWith('orderquery', trade({ trade_state: 'NOTPAY' })),
    ends: 'FAIL',
  },
  {
    name: 'an unsigned notification',
    given: ordered,
    when: (simulation, number, hook) => simulation.notify(forged(simulation, number), hook),
    ends: 'FAIL',
  },
  { name: 'a refund', given: later(10_000, refunding), when: refunded, ends: 'SUCCESS' },
  {
    name: 'a refund that the page settles concurrently',
    given: later(10_000, refunding),
    when: refunded,
    meanwhile: before('orders.compareAndSet', tap('queryrefund')),
    ends: 'SUCCESS',
  },
  {
    name: 'a refund that was closed',
    given: later(10_000, refundEnding('REFUNDCLOSE')),
    when: refunded,
    ends: 'SUCCESS',
  },
  {
    name: 'a refund in CHANGE',
    given: later(10_000, refundEnding('CHANGE')),
    when: refunded,
    ends: 'SUCCESS',
  },
  {
    name: 'a refund by hand',
    given: refundedByHand(50),
    when: refunded,
    ends: 'SUCCESS',
  },
  {
    name: 'the twelfth refund by hand',
    given: refundedByHand(50, 12),
    when: (simulation, number, hook) =>
      simulation.notify(simulation.refundNotifications(number)[11]!, hook),
    ends: 'SUCCESS',
  },
  {
    name: 'a refund by hand of a payment that the shop does not know',
    given: refundedByHand(50, 1, charged),
    when: refunded,
    ends: 'SUCCESS',
  },
  {
    name: 'a refund by hand, and neither payment nor refunds can be confirmed',
    given: refundedByHand(50, 1, charged),
    when: refunded,
    meanwhile: refuses('refundquery', 'SYSTEMERROR'),
    ends: 'FAIL',
  },
  {
    name: 'a refund that cannot be confirmed',
    given: later(10_000, refunding),
    when: refunded,
    meanwhile: refuses('refundquery', 'SYSTEMERROR'),
    ends: 'FAIL',
  },
]

function forged({ settings }: Simulation, out_trade_no: string): string {
  const { appid, mch_id } = settings
  const fields = { return_code: 'SUCCESS', result_code: 'SUCCESS', appid, mch_id, out_trade_no }
  const elements = Object.entries({ ...fields, sign: '0'.repeat(64) })
  return `<xml>${elements.map(([name, text]) => `<${name}>${text}</${name}>`).join('')}</xml>`
}
