import { HOUR, MINUTE, type Simulation } from '../../simulation/simulation'
import {
  later,
  lateRefundClosed,
  returnedToPaidTooEarly,
  cancelled,
  charged,
  neverReachedWeChat,
  ordered,
  paid,
  paidAfterClosing,
  refundedByHand,
  refunding,
  refundRequested,
} from '../sample-orders'
import { repliesWith, before, refuses, tap, trade, type Scenario } from './scenario'

const when = tap('orderquery')

/** The gateway replies with every field of a refunded trade. */
const inFull =
  (given: Scenario['given']): Scenario['given'] =>
  async (simulation) => {
    simulation.ledger.set({ queryReplies: 'full' })
    return given(simulation)
  }

/** WeChat replies ORDERNOTEXIST after the order has expired. */
const missing = async (simulation: Simulation) => {
  const out_trade_no = await later(31 * MINUTE, ordered)(simulation)
  await simulation.call(1, 'orderquery', { out_trade_no }, refuses('orderquery', 'ORDERNOTEXIST')())
  return out_trade_no
}

/** The merchant refunds a part, and the shopper the rest. */
const refundedByBoth = async (simulation: Simulation) => {
  const out_trade_no = await refundedByHand(50)(simulation)
  await when(simulation, out_trade_no)
  await simulation.call(1, 'refund', { out_trade_no })
  return out_trade_no
}

const lateRefundClosedAtWeChat = later(10_000, lateRefundClosed)

export const orderquery: Scenario[] = [
  { name: 'unpaid', given: ordered, when, ends: '0' },
  {
    name: 'the payer is entering the password',
    given: ordered,
    when,
    meanwhile: repliesWith('orderquery', trade({ trade_state: 'USERPAYING' })),
    ends: '0',
  },
  { name: 'paid', given: charged, when, ends: '1' },
  {
    name: 'paid, settled by a concurrent query',
    given: charged,
    when,
    meanwhile: before('orders.compareAndSet', when),
    ends: '1',
  },
  {
    name: 'paid with another amount',
    given: ordered,
    when,
    meanwhile: repliesWith(
      'orderquery',
      trade({
        trade_state: 'SUCCESS',
        total_fee: '1',
        transaction_id: '1',
        bank_type: 'OTHERS',
        trade_type: 'JSAPI',
        time_end: '20260101120000',
        openid: 'oSimulatorShopper_0000000001',
      }),
    ),
    ends: '0',
  },
  {
    name: 'paid by another transaction, queried again',
    given: paid,
    when,
    meanwhile: repliesWith('orderquery', trade({ transaction_id: 'another' })),
    ends: '1',
  },
  { name: 'expired', given: later(31 * MINUTE, ordered), when, ends: '2' },
  { name: 'closed by WeChat itself', given: later(36 * MINUTE, ordered), when, ends: '2' },
  {
    name: 'revoked',
    given: later(36 * MINUTE, ordered),
    when,
    meanwhile: repliesWith('orderquery', trade({ trade_state: 'REVOKED' })),
    ends: '2',
  },
  { name: 'cancelled five minutes ago', given: later(5 * MINUTE, cancelled), when, ends: '2' },
  {
    name: 'paid while it is being closed',
    given: later(5 * MINUTE, cancelled),
    when,
    meanwhile: before('wechatPay.closeorder', async (simulation, number) => simulation.pay(number)),
    ends: '1',
  },
  {
    name: 'expired before it reached WeChat',
    given: later(31 * MINUTE, neverReachedWeChat),
    when,
    ends: '2',
  },
  { name: 'not at WeChat yet', given: neverReachedWeChat, when, ends: '0' },
  {
    name: 'WeChat replies SYSTEMERROR to orderquery',
    given: charged,
    when,
    meanwhile: refuses('orderquery', 'SYSTEMERROR'),
    ends: 'UNKNOWN',
  },
  { name: 'paid after closing', given: paidAfterClosing, when, ends: '3 ASKED' },
  {
    name: 'the refund of a late payment was closed',
    given: lateRefundClosedAtWeChat,
    when,
    ends: '3 REFUNDCLOSE',
  },
  {
    name: 'the refund of a late payment was closed an hour ago',
    given: later(HOUR, async (simulation) => {
      const out_trade_no = await lateRefundClosedAtWeChat(simulation)
      await when(simulation, out_trade_no)
      return out_trade_no
    }),
    when,
    ends: '3 ASKED',
  },
  { name: 'a refund in flight', given: refunding, when, ends: '3 PROCESSING' },
  { name: 'a refund that was paid out', given: later(10_000, refunding), when, ends: '4 SUCCESS' },
  { name: 'a refund that never reached WeChat', given: refundRequested, when, ends: '3 ASKED' },
  {
    name: 'a refund whose order was returned to 已支付 too early',
    given: later(10_000, returnedToPaidTooEarly),
    when,
    ends: '4 SUCCESS',
  },
  { name: 'fully refunded by hand', given: refundedByHand(2550), when, ends: '4 by hand 2550' },
  { name: 'partly refunded by hand', given: refundedByHand(50), when, ends: '1 by hand 50' },
  {
    name: 'fully refunded by hand in twelve parts',
    given: later(HOUR, refundedByHand(212, 12)),
    when,
    ends: '1 by hand 2544',
  },
  {
    name: 'partly refunded by hand, before the shop knows the payment',
    given: refundedByHand(50, 1, charged),
    when,
    ends: '1 by hand 50',
  },
  {
    name: 'fully refunded by hand, before the shop knows the payment',
    given: inFull(refundedByHand(2550, 1, charged)),
    when,
    ends: '4 by hand 2550',
  },
  {
    name: 'refunded by hand, and the refunds cannot be queried',
    given: refundedByHand(50, 1, charged),
    when,
    meanwhile: refuses('refundquery', 'SYSTEMERROR'),
    ends: 'UNKNOWN',
  },
  {
    name: 'refunded by both',
    given: later(10_000, refundedByBoth),
    when,
    ends: '4 SUCCESS by hand 50',
  },
  {
    name: 'a late payment refunded by hand',
    given: refundedByHand(2550, 1, paidAfterClosing),
    when,
    ends: '4 by hand 2550',
  },
  {
    name: 'a late payment, partly refunded by hand',
    given: refundedByHand(50, 1, paidAfterClosing),
    when,
    ends: '3 ASKED by hand 50',
  },
  {
    name: 'WeChat does not know an order that it gave a prepay_id to',
    given: later(31 * MINUTE, ordered),
    when,
    meanwhile: refuses('orderquery', 'ORDERNOTEXIST'),
    ends: '0',
  },
  {
    name: 'WeChat has not known it for hours',
    given: later(6 * HOUR, missing),
    when,
    meanwhile: refuses('orderquery', 'ORDERNOTEXIST'),
    ends: '2',
  },
  {
    name: 'WeChat knows it again, and that it was paid',
    given: async (simulation) => {
      const out_trade_no = await ordered(simulation)
      simulation.pay(out_trade_no)
      simulation.clock.advance(31 * MINUTE)
      await simulation.call(
        1,
        'orderquery',
        { out_trade_no },
        refuses('orderquery', 'ORDERNOTEXIST')(),
      )
      return out_trade_no
    },
    when,
    ends: '1',
  },
]
