import { handleRequest } from '../../../../simulator/wechat-pay/endpoints'
import { at, combine } from '../../faults/port-faults'
import type { Hook } from '../../simulation/invocation'
import { MINUTE, type Simulation } from '../../simulation/simulation'
import { before, refuses, type Outcome, type Scenario } from './scenario'

const KEY = 'a'.repeat(32)

const tapBuy = (simulation: Simulation, _?: string, hook?: Hook): Promise<Outcome> =>
  simulation.call(1, 'unifiedorder', { goods_id: 'cake', key: KEY }, hook)

const noOrder = async () => ''

/** The row is stored, and the function crashed before the request to WeChat. */
const rowOnly = async (simulation: Simulation) => {
  await tapBuy(
    simulation,
    '',
    at('wechatPay.unifiedorder', 'before', () => 'crash'),
  )
  return simulation.orders()[0]!._id
}

/** WeChat also has the trade, but its prepay_id was lost. */
const rowAndTrade = async (simulation: Simulation) => {
  await tapBuy(
    simulation,
    '',
    at('wechatPay.unifiedorder', 'after', () => 'crash'),
  )
  return simulation.orders()[0]!._id
}

const bought = async (simulation: Simulation) => {
  await tapBuy(simulation)
  return simulation.orders()[0]!._id
}

const closedAtWeChat = async (simulation: Simulation) => {
  const out_trade_no = await rowAndTrade(simulation)
  simulation.clock.advance(6 * MINUTE)
  handleRequest(simulation.ledger, 'closeorder', { out_trade_no })
  return out_trade_no
}

const tenUnpaid = async (simulation: Simulation) => {
  for (let n = 0; n < 10; n++) {
    await simulation.call(1, 'unifiedorder', { goods_id: 'cake', key: simulation.key() })
  }
  return simulation.orders()[0]!._id
}

export const unifiedorder: Scenario[] = [
  { name: 'a new order', given: noOrder, when: tapBuy, ends: '0' },
  { name: 'the same tap again', given: bought, when: tapBuy, ends: '0' },
  { name: 'a row that never reached WeChat', given: rowOnly, when: tapBuy, ends: '0' },
  { name: 'a row whose prepay_id was lost', given: rowAndTrade, when: tapBuy, ends: '0' },
  {
    name: 'another tap adds the row first',
    given: noOrder,
    when: tapBuy,
    meanwhile: before('orders.add', (simulation) => tapBuy(simulation)),
    ends: '0',
  },
  {
    name: 'another tap writes the paySign first',
    given: noOrder,
    when: tapBuy,
    meanwhile: before('orders.compareAndSet', (simulation) => tapBuy(simulation)),
    ends: '0',
  },
  {
    name: 'WeChat refuses',
    given: noOrder,
    when: tapBuy,
    meanwhile: refuses('unifiedorder', 'NOAUTH'),
    ends: 'NOAUTH',
  },
  {
    name: 'WeChat refuses, and the query fails too',
    given: rowAndTrade,
    when: tapBuy,
    meanwhile: () =>
      combine(
        refuses('unifiedorder', 'ORDERPAID')(),
        at('wechatPay.orderquery', 'before', () => 'fault'),
      ),
    ends: 'ORDERPAID',
  },
  {
    name: 'WeChat replies SYSTEMERROR',
    given: noOrder,
    when: tapBuy,
    meanwhile: refuses('unifiedorder', 'SYSTEMERROR'),
    ends: 'UNKNOWN',
  },
  { name: 'WeChat has closed it', given: closedAtWeChat, when: tapBuy, ends: '2' },
  {
    name: 'the order has expired',
    given: async (simulation) => {
      const out_trade_no = await rowOnly(simulation)
      simulation.clock.advance(31 * MINUTE)
      return out_trade_no
    },
    when: tapBuy,
    ends: 'NOT_ALLOWED_NOW',
  },
  {
    name: 'as many unpaid orders as are allowed',
    given: tenUnpaid,
    when: tapBuy,
    ends: 'TOO_MANY_UNPAID',
  },
  {
    name: 'concurrent orders exceed the limit together',
    given: noOrder,
    when: tapBuy,
    meanwhile: before('orders.add', (simulation) => tenUnpaid(simulation)),
    ends: 'TOO_MANY_UNPAID',
  },
  {
    name: 'the key was used for other goods',
    given: bought,
    when: (simulation, _, hook) =>
      simulation.call(1, 'unifiedorder', { goods_id: 'tea', key: KEY }, hook),
    ends: 'KEY_REUSED',
  },
  {
    name: 'goods that do not exist',
    given: noOrder,
    when: (simulation, _, hook) =>
      simulation.call(1, 'unifiedorder', { goods_id: 'none', key: KEY }, hook),
    ends: 'GOODS_NOT_FOUND',
  },
]
