import type { Order } from '../../../typings/contract'
import { change } from '../../pay/src/change'
import { reasonOf } from '../../pay/src/errors'
import { askPayment, finish } from '../../pay/src/look'
import type { Ports } from '../../pay/src/ports'
import { settlePayment } from '../../pay/src/settle'
import { tellIfOwed } from '../../pay/src/telling'

/** How many orders one look at the database brings. */
const BATCH = 20

export interface Reconciled {
  /** orders that were looked after */
  done: number
  /** orders of which something went wrong: they come again */
  failed: number
  /** of the last failure, for the log */
  why?: string
}

/**
 * Looks after every order that is due: unpaid ones that expired or are closing, refunds in flight,
 * messages that are owed. Runs may overlap: an order is claimed before it is touched.
 * @param until ms, when no further order is begun: a killed run is a crash like any other, but a
 * slow one
 */
export async function reconcile(ports: Ports, until: number): Promise<Reconciled> {
  const result: Reconciled = { done: 0, failed: 0 }
  for (;;) {
    const due = await ports.orders.due(ports.now(), BATCH)
    let claims = 0
    for (const order of due) {
      if (ports.now() >= until) return result
      try {
        const claimed = await claim(ports, order)
        if (!claimed) continue
        claims++
        await lookAfter(ports, claimed)
        result.done++
      } catch (error) {
        result.failed++
        result.why = reasonOf(error)
      }
    }
    if (due.length < BATCH || claims === 0) return result
  }
}

/**
 * Moves next_check_at on, by compare-and-set, so that no other run takes the order too, and an
 * order that always fails does not come again at once.
 */
async function claim(ports: Ports, order: Order): Promise<Order | undefined> {
  const seen = order.next_check_at
  const claimed = await change(ports, order, 'claim', (now) =>
    now.next_check_at === seen ? {} : undefined,
  )
  return claimed.moved_by === `${ports.invocation} claim` ? claimed : undefined
}

async function lookAfter(ports: Ports, order: Order): Promise<void> {
  const fact = await askPayment(ports, order)
  const settled = await settlePayment(ports, order, fact)
  await tellIfOwed(ports, await finish(ports, settled, fact))
}
