import { DAY, MINUTE, type Simulation } from '../../simulation/simulation'
import {
  later,
  paid,
  paidAfterClosing,
  refundEnding,
  refunding,
  refundRequested,
} from '../sample-orders'
import { before, refuses, tap, type Scenario } from './scenario'

const when = tap('queryrefund')

/** The page knows the refund number, so that row and WeChat are queried in parallel. */
const byNumber: Scenario['when'] = (simulation, out_trade_no, hook) =>
  simulation.call(1, 'queryrefund', { out_trade_no, out_refund_no: `${out_trade_no}-1` }, hook)

const lateRefundRequested = async (simulation: Simulation) => {
  const out_trade_no = await paidAfterClosing(simulation)
  await simulation.notify(simulation.paymentNotification(out_trade_no)!)
  return out_trade_no
}

export const queryrefund: Scenario[] = [
  { name: 'no refund', given: paid, when, ends: '1' },
  { name: 'in flight', given: refunding, when, ends: '3 PROCESSING' },
  { name: 'paid out', given: later(10_000, refunding), when, ends: '4 SUCCESS' },
  {
    name: 'paid out, by its number',
    given: later(10_000, refunding),
    when: byNumber,
    ends: '4 SUCCESS',
  },
  {
    name: 'paid out, settled by a concurrent query',
    given: later(10_000, refunding),
    when,
    meanwhile: before('orders.compareAndSet', when),
    ends: '4 SUCCESS',
  },
  {
    name: 'closed',
    given: later(10_000, refundEnding('REFUNDCLOSE')),
    when,
    ends: '1 REFUNDCLOSE',
  },
  { name: 'CHANGE', given: later(10_000, refundEnding('CHANGE')), when, ends: '3 CHANGE' },
  { name: 'never reached WeChat', given: refundRequested, when, ends: '3 ASKED' },
  {
    name: 'never reached WeChat, by its number',
    given: refundRequested,
    when: byNumber,
    ends: '3 ASKED',
  },
  {
    name: 'never reached WeChat, and is refused now',
    given: refundRequested,
    when,
    meanwhile: refuses('refund', 'NOTENOUGH'),
    ends: '1 REFUSED',
  },
  {
    name: 'a late payment’s refund is refused',
    given: lateRefundRequested,
    when,
    meanwhile: refuses('refund', 'NOTENOUGH'),
    ends: '3 REFUSED',
  },
  {
    name: 'a late payment’s refund was refused a minute ago',
    given: later(MINUTE, async (simulation) => {
      const out_trade_no = await lateRefundRequested(simulation)
      await simulation.call(1, 'queryrefund', { out_trade_no }, refuses('refund', 'NOTENOUGH')())
      return out_trade_no
    }),
    when,
    ends: '3 ASKED',
  },
  {
    name: 'requested a day ago, and WeChat replies SYSTEMERROR to refundquery',
    given: later(DAY, refundRequested),
    when,
    meanwhile: refuses('refundquery', 'SYSTEMERROR'),
    ends: '3 ASKED',
  },
  {
    name: 'WeChat replies SYSTEMERROR to refundquery',
    given: refunding,
    when,
    meanwhile: refuses('refundquery', 'SYSTEMERROR'),
    ends: '3 ASKED',
  },
]
