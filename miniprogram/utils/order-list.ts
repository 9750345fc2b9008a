import { PAGE_SIZE, type OrderRow } from '../services/orders'

/** Orders, newest first; `end` when nothing older is left. */
export interface OrderList {
  orders: OrderRow[]
  end: boolean
}

/**
 * Puts a page that was just read in its place: `page` is now all there is between its own oldest
 * order and `before` (ms), the cursor it was read with. Orders outside that range stay.
 */
export function withPage(list: OrderList, before: number, page: OrderRow[]): OrderList {
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

/**
 * What setData must be told so that `pages`, the list in pages of 20 rows, goes from `before` to
 * `after`: the pages that changed, so that one more page costs the same however long the list is.
 */
export function changedPages(before: OrderRow[], after: OrderRow[]): Record<string, unknown> {
  const [old, pages] = [inPages(before), inPages(after)]
  if (pages.length < old.length) return { pages }
  const changed = pages.flatMap((page, n) => (isSame(old[n], page) ? [] : [[`pages[${n}]`, page]]))
  return Object.fromEntries(changed)
}

function inPages(orders: OrderRow[]): OrderRow[][] {
  const count = Math.ceil(orders.length / PAGE_SIZE)
  return Array.from({ length: count }, (_, n) => orders.slice(n * PAGE_SIZE, (n + 1) * PAGE_SIZE))
}

/** `rev` grows with every write of an order. */
function isSame(old: OrderRow[] | undefined, page: OrderRow[]): boolean {
  return (
    old?.length === page.length &&
    page.every((order, n) => {
      const before = old[n]
      return order.out_trade_no === before?.out_trade_no && order.rev === before.rev
    })
  )
}
