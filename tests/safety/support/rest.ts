import { HOUR, type World } from './world'

/**
 * Two reconciling passes, each late enough to reach every order and to find settled what was asked
 * for before; CHANGE, which waits for a person, is looked at once a day only.
 */
export async function comeToRest(world: World): Promise<void> {
  await deliverLatePayments(world)
  for (let pass = 0; pass < 2; pass++) {
    world.clock.advance(25 * HOUR)
    await world.reconcile()
  }
  world.clock.advance(HOUR)
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
