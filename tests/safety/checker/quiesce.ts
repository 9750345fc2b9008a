import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import { DAY, HOUR, type Simulation } from '../simulation/simulation'

/** After this many passes the simulation is considered stuck. */
const MAX_PASSES = 40

/**
 * Runs the simulation without faults and without shoppers until nothing changes: pending requests
 * reach WeChat, WeChat settles refunds and posts notifications, and the timer runs until two passes
 * changed no refund. New refunds succeed, because a late payment whose refunds are always closed
 * would never end.
 * @param notified whether WeChat's notifications of refunds arrive; those of payments always do
 */
export async function quiesce(simulation: Simulation, notified = true): Promise<void> {
  while (simulation.pendingRequests.length > 0) simulation.deliverRequest()
  for (const out_trade_no of simulation.trades())
    simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  simulation.clock.advance(HOUR)
  await deliver(simulation, notified)
  let refunds = refundsOf(simulation)
  for (let passes = 0, quiet = 0; quiet < 2; passes++) {
    if (passes === MAX_PASSES) throw new Error('the simulation does not quiesce')
    simulation.clock.advance(DAY + HOUR)
    await simulation.reconcile()
    const before = refunds
    refunds = refundsOf(simulation)
    quiet = refunds === before ? quiet + 1 : 0
  }
  simulation.clock.advance(HOUR)
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
    .map((refund) => `${refund._id} ${refundStatus(refund, simulation.clock.now())}`)
    .join()
}
