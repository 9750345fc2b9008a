import {
  calledOffTooEarly,
  cancelled,
  charged,
  neverReachedWeChat,
  ordered,
  paid,
  paidAfterClosing,
  refunding,
  refundWanted,
} from '../../support/story'
import { MINUTE, type World } from '../../support/world'
import { answers, faster, later, refuses, tap, trade, type Scenario } from '../scenario'

const when = tap('orderquery')

/** A payment came after closing, and a person refunded it in the merchant platform. */
const lateAndByHand = async (world: World) => {
  const out_trade_no = await paidAfterClosing(world)
  const fees = { total_fee: '2550', refund_fee: '2550' }
  world.ledger.refund({ out_trade_no, out_refund_no: 'by-hand', ...fees })
  world.clock.advance(10_000)
  return out_trade_no
}

/** Refunded in the merchant platform, by hand. */
const byHand = (refund_fee: string) => async (world: World) => {
  const out_trade_no = await paid(world)
  world.ledger.refund({ out_trade_no, out_refund_no: 'by-hand', total_fee: '2550', refund_fee })
  world.clock.advance(10_000)
  return out_trade_no
}

const lateRefundClosed = async (world: World) => {
  const out_trade_no = await paidAfterClosing(world)
  world.ledger.setRefundOutcome(out_trade_no, 'REFUNDCLOSE')
  await when(world, out_trade_no)
  world.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  world.clock.advance(10_000)
  return out_trade_no
}

export const orderquery: Scenario[] = [
  { name: 'unpaid', given: ordered, when, ends: '0' },
  {
    name: 'the payer is entering the password',
    given: ordered,
    when,
    meanwhile: answers('orderquery', trade({ trade_state: 'USERPAYING' })),
    ends: '0',
  },
  { name: 'paid', given: charged, when, ends: '1' },
  {
    name: 'paid, and another look is faster',
    given: charged,
    when,
    meanwhile: faster('orders.compareAndSet', when),
    ends: '1',
  },
  {
    name: 'paid with another amount',
    given: ordered,
    when,
    meanwhile: answers(
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
    name: 'paid by another transaction once more',
    given: paid,
    when,
    meanwhile: answers('orderquery', trade({ transaction_id: 'another' })),
    ends: '1',
  },
  { name: 'expired', given: later(31 * MINUTE, ordered), when, ends: '2' },
  { name: 'closed by WeChat itself', given: later(36 * MINUTE, ordered), when, ends: '2' },
  {
    name: 'revoked',
    given: later(36 * MINUTE, ordered),
    when,
    meanwhile: answers('orderquery', trade({ trade_state: 'REVOKED' })),
    ends: '2',
  },
  { name: 'cancelled five minutes ago', given: later(5 * MINUTE, cancelled), when, ends: '2' },
  {
    name: 'paid while it is being closed',
    given: later(5 * MINUTE, cancelled),
    when,
    meanwhile: faster('wechatPay.closeorder', async (world, number) => world.pay(number)),
    ends: '1',
  },
  {
    name: 'expired before WeChat had it',
    given: later(31 * MINUTE, neverReachedWeChat),
    when,
    ends: '2',
  },
  { name: 'not there at WeChat yet', given: neverReachedWeChat, when, ends: '0' },
  {
    name: 'WeChat does not answer',
    given: charged,
    when,
    meanwhile: refuses('orderquery', 'SYSTEMERROR'),
    ends: 'UNKNOWN',
  },
  { name: 'paid after closing', given: paidAfterClosing, when, ends: '3 ASKED' },
  {
    name: 'the refund of a late payment was closed',
    given: lateRefundClosed,
    when,
    ends: '3 ASKED',
  },
  { name: 'a refund under way', given: refunding, when, ends: '3 PROCESSING' },
  { name: 'a refund that settled', given: later(10_000, refunding), when, ends: '4 SUCCESS' },
  { name: 'a refund that never reached WeChat', given: refundWanted, when, ends: '3 ASKED' },
  {
    name: 'a refund that was called off too early',
    given: later(10_000, calledOffTooEarly),
    when,
    ends: '4 SUCCESS',
  },
  { name: 'refunded by hand, all', given: byHand('2550'), when, ends: '4 SUCCESS' },
  { name: 'a late payment refunded by hand', given: lateAndByHand, when, ends: '4 SUCCESS' },
]
