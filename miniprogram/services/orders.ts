import type { Order } from '../../typings/contract'
import { unreachable } from './errors'

/** A query from the phone answers with 20 documents at most (CloudBase: Collection.limit). */
export const PAGE_SIZE = 20

/**
 * One page of the shopper's own orders that are not hidden, newest first: those made before
 * `before` (ms). Fewer than PAGE_SIZE means that nothing older is left.
 *
 * The collection's security rule admits a query only with `_openid: '{openid}'` in it, which
 * CloudBase replaces by the caller's openid (CloudBase: security rules).
 * @throws PayError UNKNOWN
 */
export async function ordersBefore(before: number): Promise<Order[]> {
  try {
    const db = wx.cloud.database()
    const found = await db
      .collection('orders')
      .where({ _openid: '{openid}', hidden: false, created_at: db.command.lt(before) })
      .orderBy('created_at', 'desc')
      .limit(PAGE_SIZE)
      .get()
    return found.data as Order[]
  } catch (cause) {
    throw unreachable(cause)
  }
}
