import { at, combine } from '../../faults/port-faults'
import { refused } from '../../simulation/memory-gateway'
import { DAY, MINUTE, type Simulation } from '../../simulation/simulation'
import {
  later,
  ordered,
  paid,
  paidWithMessageOwed,
  refunded,
  refundedByHand,
  refundEnding,
  refunding,
} from '../sample-orders'
import { before, refuses, tap, type Scenario } from './scenario'

const when = tap('refund')

const closedRefund = async (simulation: Simulation) => {
  const out_trade_no = await later(10_000, refundEnding('REFUNDCLOSE'))(simulation)
  await tap('queryrefund')(simulation, out_trade_no)
  return out_trade_no
}

const refusedRefund = async (simulation: Simulation) => {
  const out_trade_no = await paid(simulation)
  await when(simulation, out_trade_no, refuses('refund', 'NOTENOUGH')())
  return out_trade_no
}

/** The merchant refunded `refund_fee` (fen) by hand, and the shop has recorded it. */
const knownByHand = (refund_fee: number) => async (simulation: Simulation) => {
  const out_trade_no = await refundedByHand(refund_fee)(simulation)
  await tap('orderquery')(simulation, out_trade_no)
  return out_trade_no
}

export const refund: Scenario[] = [
  { name: 'paid', given: paid, when, ends: '3 ASKED' },
  { name: 'paid, with the message owed', given: paidWithMessageOwed, when, ends: '3 ASKED' },
  { name: 'not paid', given: ordered, when, ends: 'NOT_ALLOWED_NOW' },
  { name: 'already requested', given: refunding, when, ends: '3 ASKED' },
  { name: 'refunded already', given: refunded, when, ends: '4 SUCCESS' },
  {
    name: 'after the refund period',
    given: later(2 * DAY, paid),
    when,
    ends: 'REFUND_PERIOD_OVER',
  },
  { name: 'just after a closed refund', given: closedRefund, when, ends: 'NOT_ALLOWED_NOW' },
  {
    name: 'a minute after a closed refund',
    given: later(MINUTE, closedRefund),
    when,
    ends: '3 ASKED',
  },
  { name: 'just after a refused refund', given: refusedRefund, when, ends: 'NOTENOUGH' },
  {
    name: 'a minute after a refused refund',
    given: later(MINUTE, refusedRefund),
    when,
    ends: '3 ASKED',
  },
  {
    name: 'partly refunded by hand, known to the shop',
    given: knownByHand(50),
    when,
    ends: '3 ASKED by hand 50',
  },
  {
    name: 'partly refunded by hand, unknown to the shop',
    given: refundedByHand(50),
    when,
    ends: 'REFUND_FEE_INVALID',
  },
  {
    name: 'fully refunded by hand, unknown to the shop',
    given: refundedByHand(2550),
    when,
    ends: '4 REFUSED by hand 2550',
  },
  {
    name: 'the merchant is refunding the rest',
    given: async (simulation) => {
      const out_trade_no = await knownByHand(50)(simulation)
      simulation.ledger.refundByHand({ out_trade_no, refund_fee: 2500 })
      await tap('orderquery')(simulation, out_trade_no)
      return out_trade_no
    },
    when,
    ends: 'NOT_ALLOWED_NOW',
  },
  {
    name: 'a concurrent tap writes first',
    given: paid,
    when,
    meanwhile: before('orders.compareAndSet', when),
    ends: '3 ASKED',
  },
  {
    name: 'the message is marked as sent meanwhile',
    given: paidWithMessageOwed,
    when,
    meanwhile: before('orders.compareAndSet', async (simulation) => {
      simulation.clock.advance(120_000)
      await simulation.reconcile()
    }),
    ends: '3 ASKED',
  },
  {
    name: 'the merchant’s balance is too low',
    given: paid,
    when,
    meanwhile: refuses('refund', 'NOTENOUGH'),
    ends: 'NOTENOUGH',
  },
  {
    name: 'refused, but WeChat has the refund',
    given: paid,
    when,
    meanwhile: () => at('wechatPay.refund', 'after', () => ({ instead: refused('ERROR') })),
    ends: '3 PROCESSING',
  },
  {
    name: 'refused, and no query succeeds',
    given: paid,
    when,
    meanwhile: () =>
      combine(
        refuses('refund', 'NOTENOUGH')(),
        at('wechatPay.refundquery', 'before', () => 'fault'),
      ),
    ends: 'UNKNOWN',
  },
  {
    name: 'refused, settled by a concurrent query',
    given: paid,
    when,
    meanwhile: (simulation, number) =>
      combine(
        refuses('refund', 'NOTENOUGH')(),
        before('wechatPay.refundquery', tap('queryrefund'))(simulation, number),
      ),
    ends: '3 PROCESSING',
  },
  ...['SYSTEMERROR', 'BIZERR_NEED_RETRY', 'FREQUENCY_LIMITED'].map((code) => ({
    name: `WeChat says ${code}`,
    given: paid,
    when,
    meanwhile: refuses('refund', code),
    ends: 'UNKNOWN',
  })),
]
