import {
  charged,
  ordered,
  paid,
  paidWithMessageOwed,
  refunding,
  refundWanted,
} from '../../support/story'
import { MINUTE, type World } from '../../support/world'
import { at, faster, later, refuses, tap, timer, type Scenario } from '../scenario'

const when: Scenario['when'] = timer

const cancelled = async (world: World) => {
  const out_trade_no = await ordered(world)
  await tap('closeorder')(world, out_trade_no)
  return out_trade_no
}

const neverReachedWeChat = async (world: World) => {
  const data = { goods_id: 'cake', key: world.key() }
  await world.call(
    1,
    'unifiedorder',
    data,
    at('wechatPay.unifiedorder', 'before', () => 'crash'),
  )
  return world.orders()[0]!._id
}

const ended = (outcome: 'REFUNDCLOSE' | 'CHANGE') => async (world: World) => {
  const out_trade_no = await paid(world)
  world.ledger.setRefundOutcome(out_trade_no, outcome)
  await tap('refund')(world, out_trade_no)
  world.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  return out_trade_no
}

/** The first request is under way; WeChat had said that there is none, and refused the second. */
const calledOffTooEarly = async (world: World) => {
  const out_trade_no = await paid(world)
  await tap('refund')(
    world,
    out_trade_no,
    at('wechatPay.refund', 'before', () => 'late'),
  )
  await tap('queryrefund')(world, out_trade_no, refuses('refund', 'NOTENOUGH')())
  world.arrive()
  return out_trade_no
}

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
    name: 'expired, and WeChat does not answer',
    given: expired,
    when,
    meanwhile: refuses('orderquery', 'SYSTEMERROR'),
    ends: '1 done, 0 failed',
  },
  {
    name: 'a message owed',
    given: later(2 * MINUTE, paidWithMessageOwed),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a message for later',
    given: later(2 * MINUTE, paidWithMessageOwed),
    when,
    meanwhile: () => at('messages.send', 'before', () => ({ instead: 'later' })),
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that settled',
    given: later(2 * MINUTE, refunding),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that never reached WeChat',
    given: later(2 * MINUTE, refundWanted),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that was closed',
    given: later(2 * MINUTE, ended('REFUNDCLOSE')),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund in CHANGE',
    given: later(2 * MINUTE, ended('CHANGE')),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'a refund that was called off too early',
    given: later(2 * MINUTE, calledOffTooEarly),
    when,
    ends: '1 done, 0 failed',
  },
  {
    name: 'another run is faster',
    given: expired,
    when,
    meanwhile: faster('orders.compareAndSet', timer),
    ends: '0 done, 0 failed',
  },
  {
    name: 'a refund and a closing in one run',
    given: async (world) => {
      await refundWanted(world)
      return expired(world)
    },
    when,
    ends: '2 done, 0 failed',
  },
]
