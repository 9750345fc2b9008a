import type { Hook } from '../../simulation/invocation'
import { MINUTE, Simulation, type ShopCode } from '../../simulation/simulation'
import {
  returnedToPaidTooEarly,
  charged,
  closedTooEarly,
  later,
  lateRefundClosed,
  neverReachedWeChat,
  ordered,
  paid,
  paidAfterClosing,
  paidWithMessageOwed,
  refundEnding,
  refundRefused,
  refundRequested,
  refunding,
  type GivenOrder,
} from '../sample-orders'

/** The state of the order when two actors begin. */
export type Stage = keyof typeof stages

/** How long a refund is PROCESSING (ms); long enough for the stage "refund processing". */
const ENDS_AFTER = 10 * MINUTE

/** Brings a new simulation to each stage. @returns the order's number */
export const stages = {
  'wanted, no row yet': crashedBeforeAdd,
  'added, not at WeChat': neverReachedWeChat,
  ordered,
  'old enough to be closed': later(6 * MINUTE, ordered),
  closing: later(6 * MINUTE, tapped('closeorder', ordered)),
  expired: later(31 * MINUTE, ordered),
  'expired, closed by WeChat': later(36 * MINUTE, ordered),
  closed: tapped('closeorder', later(6 * MINUTE, ordered)),
  'closed, but payable': closedTooEarly,
  'paid after closing': paidAfterClosing,
  'charged, not settled here': charged,
  'charged, not settled here, expired': later(31 * MINUTE, charged),
  'paid, message owed': later(2 * MINUTE, paidWithMessageOwed),
  paid,
  'refund requested, not at WeChat': later(2 * MINUTE, refundRequested),
  'refund refused, an earlier request pending': refundRefused,
  'refund refused, but accepted at WeChat': returnedToPaidTooEarly,
  'refund processing': later(2 * MINUTE, refunding),
  'refund paid out, not settled here': later(ENDS_AFTER + MINUTE, refunding),
  'refund closed, not settled here': later(ENDS_AFTER + MINUTE, refundEnding('REFUNDCLOSE')),
  'refund closed': tapped('queryrefund', later(ENDS_AFTER, refundEnding('REFUNDCLOSE'))),
  'refund in CHANGE, not settled here': later(ENDS_AFTER + MINUTE, refundEnding('CHANGE')),
  'late refund closed, not settled here': later(ENDS_AFTER + MINUTE, lateRefundClosed),
  refunded: tapped('queryrefund', later(ENDS_AFTER + MINUTE, refunding)),
} satisfies Record<string, GivenOrder>

/** Builds a simulation at each stage once and then returns copies of it. */
export class StageCache {
  readonly #shop: ShopCode | undefined
  readonly #originals = new Map<Stage, Promise<StagedSimulation>>()

  constructor(shop?: ShopCode) {
    this.#shop = shop
  }

  async at(stage: Stage): Promise<StagedSimulation> {
    const original = this.#originals.get(stage) ?? simulationAt(stage, this.#shop)
    const { simulation, out_trade_no } = await original
    // A pending request belongs to its own simulation and cannot be copied.
    if (simulation.pendingRequests.length > 0) return original
    this.#originals.set(stage, original)
    return { simulation: simulation.copy(), out_trade_no }
  }
}

/** Returns whether WeChat replied CLOSED for an order that was still payable. */
export const isMistaken = (stage: Stage) =>
  stage === 'closed, but payable' || stage === 'paid after closing'

export interface StagedSimulation {
  simulation: Simulation
  out_trade_no: string
}

/** Builds a simulation at the stage. */
export async function simulationAt(stage: Stage, shop?: ShopCode): Promise<StagedSimulation> {
  const simulation = new Simulation({ refundEndsAfterMs: ENDS_AFTER, ...(shop && { shop }) })
  const out_trade_no = await stages[stage](simulation)
  return { simulation, out_trade_no }
}

/** Taps as shopper 1 and ignores the reply. */
function tapped(type: 'closeorder' | 'queryrefund', given: GivenOrder): GivenOrder {
  return async (simulation) => {
    const out_trade_no = await given(simulation)
    await simulation.call(1, type, { out_trade_no })
    return out_trade_no
  }
}

/** Crashes the purchase before its row is stored. */
async function crashedBeforeAdd(simulation: Simulation): Promise<string> {
  const crash: Hook = ({ name }) => (name === 'orders.add' ? 'crash' : 'go')
  await simulation.call(1, 'unifiedorder', { goods_id: 'cake', key: simulation.key() }, crash)
  // The order number depends on the key only, and the first key of every simulation is the same.
  return ordered(new Simulation())
}
