import type { Fate, Hook, Point } from '../support/invocation'
import { refused } from '../support/memory-gateway'
import { MINUTE, Simulation, type ShopCode } from '../support/simulation'
import {
  charged,
  closedTooEarly,
  ordered,
  paid,
  paidAfterClosing,
  paidWithMessageOwed,
  refundWanted,
  refunding,
} from '../support/story'

/** How far the order has come when two meet over it. */
export type Stage = keyof typeof stages

/** Long enough for a stage in which a refund is under way (ms). */
const SETTLES_AFTER = 10 * MINUTE

/** Each brings a fresh simulation so far. @returns the order's number */
export const stages = {
  'wanted, no row yet': stopped('orders.add'),
  'added, unknown to WeChat': stopped('wechatPay.unifiedorder'),
  ordered,
  'old enough to be closed': later(6 * MINUTE, ordered),
  closing: later(6 * MINUTE, tapped('closeorder', ordered)),
  expired: later(31 * MINUTE, ordered),
  'expired, closed by WeChat': later(36 * MINUTE, ordered),
  closed: tapped('closeorder', later(6 * MINUTE, ordered)),
  'closed, yet payable': closedTooEarly,
  'paid after closing': paidAfterClosing,
  'charged, unknown here': charged,
  'charged, unknown here, expired': later(31 * MINUTE, charged),
  'paid, message owed': later(2 * MINUTE, paidWithMessageOwed),
  paid,
  'refund wanted, unknown to WeChat': later(2 * MINUTE, refundWanted),
  'refund refused, an earlier request under way': refundRefused,
  'refund refused, and yet under way': arrived(refundRefused),
  'refund under way': later(2 * MINUTE, refunding),
  'refund settled, unknown here': later(SETTLES_AFTER + MINUTE, refunding),
  'refund closed, unknown here': later(SETTLES_AFTER + MINUTE, ending('REFUNDCLOSE', paid)),
  'refund closed': tapped('queryrefund', later(SETTLES_AFTER, ending('REFUNDCLOSE', paid))),
  'refund in CHANGE, unknown here': later(SETTLES_AFTER + MINUTE, ending('CHANGE', paid)),
  'late refund closed, unknown here': later(
    SETTLES_AFTER + MINUTE,
    ending('REFUNDCLOSE', paidAfterClosing),
  ),
  refunded: tapped('queryrefund', later(SETTLES_AFTER + MINUTE, refunding)),
} satisfies Record<string, Given>

type Given = (simulation: Simulation) => Promise<string>

/** Worlds at the stages, each brought there once and then copied. */
export class Copies {
  readonly #shop: ShopCode | undefined
  readonly #originals = new Map<Stage, Promise<WorldAt>>()

  constructor(shop?: ShopCode) {
    this.#shop = shop
  }

  async at(stage: Stage): Promise<WorldAt> {
    const original = this.#originals.get(stage) ?? simulationAt(stage, this.#shop)
    const { simulation, out_trade_no } = await original
    // What is under way knows its own simulation alone.
    if (simulation.underWay.length > 0) return original
    this.#originals.set(stage, original)
    return { simulation: simulation.copy(), out_trade_no }
  }
}

/** Whether WeChat said CLOSED of an order that could be paid. */
export const isMistaken = (stage: Stage) =>
  stage === 'closed, yet payable' || stage === 'paid after closing'

export interface WorldAt {
  simulation: Simulation
  out_trade_no: string
}

/** A simulation at the stage. */
export async function simulationAt(stage: Stage, shop?: ShopCode): Promise<WorldAt> {
  const simulation = new Simulation({ refundSettlesAfterMs: SETTLES_AFTER, ...(shop && { shop }) })
  const out_trade_no = await stages[stage](simulation)
  return { simulation, out_trade_no }
}

function later(ms: number, given: Given): Given {
  return async (simulation) => {
    const out_trade_no = await given(simulation)
    simulation.clock.advance(ms)
    return out_trade_no
  }
}

/** Shopper 1 taps, whatever comes of it. */
function tapped(type: 'closeorder' | 'queryrefund', given: Given): Given {
  return async (simulation) => {
    const out_trade_no = await given(simulation)
    await simulation.call(1, type, { out_trade_no })
    return out_trade_no
  }
}

/** Ordered as far as the first call of `name`, where the function crashed. */
function stopped(name: string): Given {
  const crash: Hook = (point) => (point.name === name ? 'crash' : 'go')
  return async (simulation) => {
    await simulation.call(1, 'unifiedorder', { goods_id: 'cake', key: simulation.key() }, crash)
    // The first key of all simulations is the same, and it alone decides the number.
    return ordered(new Simulation())
  }
}

/** The first request for the refund is still on its way when WeChat refuses the second. */
async function refundRefused(simulation: Simulation): Promise<string> {
  const out_trade_no = await paid(simulation)
  const request = (fate: Fate) => (point: Point, when: 'before' | 'after') =>
    point.name === 'wechatPay.refund' && when === 'before' ? fate : 'go'
  await simulation.call(1, 'refund', { out_trade_no }, request('late'))
  await simulation.call(
    1,
    'queryrefund',
    { out_trade_no },
    request({ instead: refused('NOTENOUGH') }),
  )
  return out_trade_no
}

/** What was under way arrives. */
function arrived(given: Given): Given {
  return async (simulation) => {
    const out_trade_no = await given(simulation)
    simulation.arrive()
    return out_trade_no
  }
}

/** A refund is asked for that WeChat will end so; the next one will be SUCCESS. */
function ending(outcome: 'REFUNDCLOSE' | 'CHANGE', given: Given): Given {
  return async (simulation) => {
    const out_trade_no = await given(simulation)
    simulation.ledger.setRefundOutcome(out_trade_no, outcome)
    await simulation.call(1, 'orderquery', { out_trade_no })
    await simulation.call(1, 'refund', { out_trade_no })
    simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
    return out_trade_no
  }
}
