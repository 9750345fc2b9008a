import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import { DAY, HOUR, type Simulation } from './simulation'

/** A simulation that is not at rest after so many passes never will be. */
const MOST_PASSES = 40

/**
 * Everything that is under way arrives, WeChat settles what it can and posts what it owes, and the
 * timer runs until two passes after WeChat settled the last refund. Refunds that are asked for from
 * here on succeed: a late payment whose refund is closed for ever cannot end. No shopper looks.
 * @param notified whether WeChat's notifications of refunds arrive; those of payments always do
 */
export async function comeToRest(simulation: Simulation, notified = true): Promise<void> {
  while (simulation.underWay.length > 0) simulation.arrive()
  for (const out_trade_no of simulation.trades())
    simulation.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  simulation.clock.advance(HOUR)
  await deliver(simulation, notified)
  let settled = refundsOf(simulation)
  for (let passes = 0, quiet = 0; quiet < 2; passes++) {
    if (passes === MOST_PASSES) throw new Error('the simulation does not come to rest')
    simulation.clock.advance(DAY + HOUR)
    await simulation.reconcile()
    const before = settled
    settled = refundsOf(simulation)
    quiet = settled === before ? quiet + 1 : 0
  }
  simulation.clock.advance(HOUR)
}

/**
 * WeChat posts what the shop has not acknowledged, as it does for a day. Nothing is due of an order
 * that was closed: only the notification tells of a payment that came later.
 */
async function deliver(simulation: Simulation, notified: boolean): Promise<void> {
  for (const { _id, status } of simulation.orders()) {
    const late = status === 2 ? simulation.paymentNotification(_id) : undefined
    if (late !== undefined) await simulation.notify(late)
    if (!notified) continue
    for (const body of simulation.refundNotifications(_id)) await simulation.notify(body)
  }
}

/** Every refund that WeChat has, and how it stands. */
function refundsOf(simulation: Simulation): string {
  return simulation
    .trades()
    .flatMap((out_trade_no) => simulation.ledger.refunds(out_trade_no))
    .map((refund) => `${refund._id} ${refundStatus(refund, simulation.clock.now())}`)
    .join()
}
