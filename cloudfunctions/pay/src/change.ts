import type { Order } from '../../../typings/contract'
import { unknownOutcome } from './errors'
import { canMove, wellFormed } from './order'
import type { Changes, Ports } from './ports'
import { nextCheckAt } from './schedule'

const ATTEMPTS = 5

export interface Changed {
  /** the order as it is now */
  order: Order
  /** what this call wrote; undefined when nothing was left to do */
  wrote: Changes | undefined
}

/**
 * Changes an order by compare-and-set: `decide` says what to write, given the order as it is now,
 * or `undefined` when nothing is left to do. When another invocation was faster it is asked again.
 *
 * Safe from races because every write, those that keep the status too, names the `rev` it was
 * decided on. A write whose reply was lost counts as ours if the next reading shows our `moved_by`
 * at the very next `rev`.
 * @param step what this is, for `moved_by`
 * @throws ShopError UNKNOWN after five lost attempts, when the database does not answer, or when a
 * field of the row has a wrong type
 */
export async function change(
  ports: Ports,
  read: Order,
  step: string,
  decide: (order: Order) => Changes | undefined,
): Promise<Changed> {
  const moved_by = `${ports.invocation} ${step}`
  let order = wellFormed(read)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const changes = decide(order)
    if (changes === undefined) return { order, wrote: undefined }
    const next = apply(order, { ...changes, rev: order.rev + 1, moved_by })
    if (!canMove(order.status, next.status)) {
      throw new Error(`no move leads from ${order.status} to ${next.status}`)
    }
    const next_check_at = nextCheckAt(next, ports.now(), ports.terms)
    const wrote: Changes = { next_check_at, ...changes, rev: next.rev, moved_by }
    if (await ports.orders.compareAndSet(order, wrote).catch(() => false)) {
      return { order: apply(order, wrote), wrote }
    }
    const found = await ports.orders.get(order._id)
    if (found === undefined) throw unknownOutcome()
    if (found.moved_by === moved_by && found.rev === next.rev) return { order: found, wrote }
    order = wellFormed(found)
  }
  throw unknownOutcome()
}

function apply(order: Order, changes: Changes): Order {
  const kept = Object.entries({ ...order, ...changes }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as unknown as Order
}
