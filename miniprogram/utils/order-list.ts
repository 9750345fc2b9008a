import { PAGE_SIZE, type OrderRow } from '../services/orders'

/** Orders, newest first; `end` when there are no older ones. */
export interface OrderList {
  orders: OrderRow[]
  end: boolean
}

/**
 * Inserts a page that was just read. It replaces all orders between `before` (ms), the cursor that it
 * was read with, and its own oldest order. Orders outside that range stay.
 */
export function withPage(list: OrderList, before: number, page: OrderRow[]): OrderList {
  const newer = list.orders.filter((order) => order.created_at >= before)
  const last = page[page.length - 1]
  if (page.length < PAGE_SIZE || !last) return { orders: [...newer, ...page], end: true }
  const rest = list.orders.slice(newer.length)
  const older = rest.filter((order) => order.created_at < last.created_at)
  // A gap between the page and the older orders means that the older orders must be read again.
  const reaches = older.length < rest.length
  return reaches
    ? { orders: [...newer, ...page, ...older], end: older.length > 0 && list.end }
    : { orders: [...newer, ...page], end: false }
}

/** 20 rows of the list, which setData receives together when one of them changes. */
export interface RowPage {
  number: number
  rows: OrderRow[]
}

/**
 * Returns the argument of setData that changes `pages` from the list `before` to the list `after`:
 * only the pages that differ, so that appending a page costs the same however long the list is.
 */
export function changedPages(before: OrderRow[], after: OrderRow[]): Record<string, unknown> {
  const [old, pages] = [inPages(before), inPages(after)]
  if (pages.length < old.length) return { pages }
  const changed = pages.filter((page, n) => !isSame(old[n], page))
  return Object.fromEntries(changed.map((page) => [`pages[${page.number}]`, page]))
}

function inPages(orders: OrderRow[]): RowPage[] {
  const count = Math.ceil(orders.length / PAGE_SIZE)
  return Array.from({ length: count }, (_, number) => ({
    number,
    rows: orders.slice(number * PAGE_SIZE, (number + 1) * PAGE_SIZE),
  }))
}

/** Compares by order number and `rev`, which grows with every write of an order. */
function isSame(old: RowPage | undefined, { rows }: RowPage): boolean {
  return (
    old?.rows.length === rows.length &&
    rows.every((order, n) => {
      const before = old.rows[n]
      return order.out_trade_no === before?.out_trade_no && order.rev === before.rev
    })
  )
}
