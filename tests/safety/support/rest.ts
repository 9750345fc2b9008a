import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import { DAY, HOUR, type World } from './world'

/** A world that is not at rest after so many passes never will be. */
const MOST_PASSES = 40

/**
 * Everything that is under way arrives, WeChat settles what it can and posts what it owes, and the
 * timer runs until two passes after WeChat settled the last refund. Refunds that are asked for from
 * here on succeed: a late payment whose refund is closed for ever cannot end. No shopper looks.
 * @param notified whether WeChat's notifications of refunds arrive; those of payments always do
 */
export async function comeToRest(world: World, notified = true): Promise<void> {
  while (world.underWay.length > 0) world.arrive()
  for (const out_trade_no of world.trades()) world.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  world.clock.advance(HOUR)
  await deliver(world, notified)
  let settled = refundsOf(world)
  for (let passes = 0, quiet = 0; quiet < 2; passes++) {
    if (passes === MOST_PASSES) throw new Error('the world does not come to rest')
    world.clock.advance(DAY + HOUR)
    await world.reconcile()
    const before = settled
    settled = refundsOf(world)
    quiet = settled === before ? quiet + 1 : 0
  }
  world.clock.advance(HOUR)
}

/**
 * WeChat posts what the shop has not acknowledged, as it does for a day. Nothing is due of an order
 * that was closed: only the notification tells of a payment that came later.
 */
async function deliver(world: World, notified: boolean): Promise<void> {
  for (const { _id, status } of world.orders()) {
    const late = status === 2 ? world.paymentNotification(_id) : undefined
    if (late !== undefined) await world.notify(late)
    if (!notified) continue
    for (const body of world.refundNotifications(_id)) await world.notify(body)
  }
}

/** Every refund that WeChat has, and how it stands. */
function refundsOf(world: World): string {
  return world
    .trades()
    .flatMap((out_trade_no) => world.ledger.refunds(out_trade_no))
    .map((refund) => `${refund._id} ${refundStatus(refund, world.clock.now())}`)
    .join()
}
