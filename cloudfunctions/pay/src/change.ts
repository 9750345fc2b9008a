import type { Order } from '../../../typings/contract'
import { unknownOutcome } from './errors'
import { canMove, validateOrder } from './order'
import type { Changes, Ports } from './ports'
import { publishError } from './publish-error'
import { nextCheckAt } from './schedule'

const ATTEMPTS = 5

/** The result of a change. */
export interface Changed {
  /** the stored order */
  order: Order
  /** what this call wrote; undefined if it had nothing to write */
  wrote: Changes | undefined
}

/**
 * Changes an order by compare-and-set. `decide` receives the stored order and returns what to write,
 * or `undefined` if there is nothing to write. If another invocation changed the order in between,
 * `decide` is called again with the new order.
 *
 * Every write, even one that keeps the status, is conditional on the `rev` that `decide` saw: that
 * rules out races. If the reply to a write is lost, the write counts as done if the row has our
 * `moved_by` at the very next `rev`.
 * @param step the name of this change, for `moved_by`
 * @throws ShopError UNKNOWN after five failed attempts, if the database does not reply, or if a
 * field of the row has a wrong type
 */
export async function change(
  ports: Ports,
  read: Order,
  step: string,
  decide: (order: Order) => Changes | undefined,
): Promise<Changed> {
  const moved_by = `${ports.invocation} ${step}`
  let order = validateOrder(read)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const changes = decide(order)
    if (changes === undefined) return { order, wrote: undefined }
    const next = apply(order, { ...changes, rev: order.rev + 1, moved_by })
    if (!canMove(order.status, next.status)) {
      throw new Error(`no move leads from ${order.status} to ${next.status}`)
    }
    const next_check_at = nextCheckAt(next, ports.now(), ports.settings)
    const wrote: Changes = { next_check_at, ...changes, rev: next.rev, moved_by }
    if (await ports.orders.compareAndSet(order, wrote).catch(unconfirmed)) {
      return { order: apply(order, wrote), wrote }
    }
    const found = await ports.orders.get(order._id)
    if (found === undefined) throw unknownOutcome()
    if (found.moved_by === moved_by && found.rev === next.rev) return { order: found, wrote }
    order = validateOrder(found)
  }
  throw unknownOutcome()
}

/** The write may have happened all the same: the row that is read next says it. */
function unconfirmed(error: unknown): false {
  publishError(error)
  return false
}

function apply(order: Order, changes: Changes): Order {
  const kept = Object.entries({ ...order, ...changes }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as unknown as Order
}
