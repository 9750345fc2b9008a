import { type Refund, refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import type { Order } from '../../../typings/contract'
import { DAY, HOUR, type Simulation } from '../simulation/simulation'
import { checkBalance, checkFinalState, type Violation } from './money-rules'

/** After this many passes the simulation is considered stuck. */
const MAX_PASSES = 40

/** So many runs of the timer that reach an order make it agree with WeChat (money rule 1). */
const RUNS_TO_AGREE = 2

/**
 * Runs the simulation without faults and without shoppers until nothing changes: pending requests
 * reach WeChat, WeChat ends refunds and posts notifications, and the timer runs until two passes
 * changed no refund. New refunds succeed, because a late payment whose refunds are always closed
 * would never end.
 * @param notified whether WeChat's notifications of refunds arrive; those of payments always do
 * @returns violations of the eight money rules
 */
export async function quiesceAndCheck(
  simulation: Simulation,
  notified = true,
): Promise<Violation[]> {
  while (simulation.pendingRequests.length > 0) simulation.deliverRequest()
  for (const out_trade_no of simulation.trades())
    simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  simulation.clock.advance(HOUR)
  await deliver(simulation, notified)
  const agreement = new Agreement(simulation)
  let refunds = refundsOf(simulation)
  for (let passes = 0, quiet = 0; quiet < 2; passes++) {
    if (passes === MAX_PASSES) throw new Error('the simulation does not quiesce')
    simulation.clock.advance(DAY + HOUR)
    await agreement.check(() => simulation.reconcile())
    const before = refunds
    refunds = refundsOf(simulation)
    quiet = refunds === before ? quiet + 1 : 0
  }
  simulation.clock.advance(HOUR)
  return [...agreement.violations, ...checkFinalState(simulation)]
}

/** Checks how many runs of the timer it takes until an order agrees with WeChat. */
class Agreement {
  readonly violations: Violation[] = []
  readonly #simulation: Simulation
  /** for each order: what WeChat says, and how many runs have reached the order since it says so */
  readonly #reached = new Map<string, { known: string; runs: number }>()

  constructor(simulation: Simulation) {
    this.#simulation = simulation
  }

  /** Runs the timer, and checks the orders that it has reached often enough. */
  async check(timer: () => Promise<unknown>): Promise<void> {
    const due = this.#simulation.orders().filter((order) => this.#isDue(order))
    for (const { _id } of due) {
      const known = this.#stateAtWeChat(_id)
      const before = this.#reached.get(_id)
      this.#reached.set(_id, { known, runs: before?.known === known ? before.runs + 1 : 1 })
    }
    await timer()
    for (const { _id } of due) {
      if (this.#reached.get(_id)!.runs < RUNS_TO_AGREE) continue
      this.violations.push(...checkBalance(this.#simulation, this.#simulation.order(_id)!))
    }
  }

  #isDue({ next_check_at }: Order): boolean {
    return next_check_at !== undefined && next_check_at <= this.#simulation.clock.now()
  }

  #stateAtWeChat(out_trade_no: string): string {
    const { ledger } = this.#simulation
    return JSON.stringify([
      ledger.trade(out_trade_no),
      ledger.refunds(out_trade_no).map((refund) => statusOf(refund, this.#simulation)),
    ])
  }
}

/**
 * Posts the notifications that WeChat would repeat until the shop acknowledges them. A closed order
 * is not due any more, so a late payment is reported by its notification only.
 */
async function deliver(simulation: Simulation, notified: boolean): Promise<void> {
  for (const { _id, status } of simulation.orders()) {
    const late = status === 2 ? simulation.paymentNotification(_id) : undefined
    if (late !== undefined) await simulation.notify(late)
    if (!notified) continue
    for (const body of simulation.refundNotifications(_id)) await simulation.notify(body)
  }
}

/** Returns every refund at WeChat with its status, as text to compare. */
function refundsOf(simulation: Simulation): string {
  return simulation
    .trades()
    .flatMap((out_trade_no) => simulation.ledger.refunds(out_trade_no))
    .map((refund) => statusOf(refund, simulation))
    .join()
}

const statusOf = (refund: Refund, { clock }: Simulation) =>
  `${refund._id} ${refundStatus(refund, clock.now())}`
