import { openidOf } from '../../../simulator/shop'
import { isForeign } from './oracle'
import { DAY, HOUR, type World } from './world'

/**
 * Everything that is under way arrives, WeChat settles what it can, and two reconciling passes reach
 * every order, the ones in CHANGE too, which are looked at once a day only. Refunds that are asked
 * for from here on succeed: a late payment whose refund is closed for ever cannot end.
 */
export async function comeToRest(world: World): Promise<void> {
  while (world.underWay.length > 0) world.arrive()
  for (const out_trade_no of world.trades()) world.ledger.setRefundOutcome(out_trade_no, 'SUCCESS')
  await deliverLatePayments(world)
  for (let pass = 0; pass < 2; pass++) {
    world.clock.advance(DAY + HOUR)
    await world.reconcile()
  }
  world.clock.advance(HOUR)
  await lookAtForeignRefunds(world)
}

/**
 * Nothing is due of an order that was closed: WeChat itself tells of a payment that came later, and
 * repeats that until it is taken.
 */
async function deliverLatePayments(world: World): Promise<void> {
  for (const { _id, status } of world.orders()) {
    const body = status === 2 ? world.paymentNotification(_id) : undefined
    if (body !== undefined) await world.notify(body)
  }
}

/** Nor is anything due when somebody refunds in the merchant platform: the next look finds it. */
async function lookAtForeignRefunds(world: World): Promise<void> {
  for (const { _id, _openid } of world.orders()) {
    if (!world.ledger.refunds(_id).some((refund) => isForeign(_id, refund._id))) continue
    await world.call(shopperOf(_openid), 'orderquery', { out_trade_no: _id })
  }
}

const shopperOf = (openid: string) => [1, 2, 3, 4].find((n) => openidOf(n) === openid) ?? 1
