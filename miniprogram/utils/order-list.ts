import { PAGE_SIZE } from '../services/orders'
import type { Order } from '../../typings/contract'

/** Orders, newest first; `end` when nothing older is left. */
export interface OrderList {
  orders: Order[]
  end: boolean
}

/**
 * Puts a page that was just read in its place: `page` is now all there is between its own oldest
 * order and `before` (ms), the cursor it was read with. Orders outside that range stay.
 */
export function withPage(list: OrderList, before: number, page: Order[]): OrderList {
  const newer = list.orders.filter((order) => order.created_at >= before)
  const last = page[page.length - 1]
  if (page.length < PAGE_SIZE || !last) return { orders: [...newer, ...page], end: true }
  const rest = list.orders.slice(newer.length)
  const older = rest.filter((order) => order.created_at < last.created_at)
  // A page that does not reach the rest leaves a gap, so that the rest has to be read again.
  const reaches = older.length < rest.length
  return reaches
    ? { orders: [...newer, ...page, ...older], end: older.length > 0 && list.end }
    : { orders: [...newer, ...page], end: false }
}
