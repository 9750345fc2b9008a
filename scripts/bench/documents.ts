import { createHash } from 'node:crypto'
import { openProject, type Project } from '../../project/project'
import type { Doc } from '../../simulator/kit/store'
import type { Order, OrderStatus } from '../../typings/contract'
import { callEachAction } from './actions'
import type { Measurement, Row } from './measurement'
import { loadPageQueries } from './page-queries'
import { HOUR, MINUTE, type Shop, type Shopper, withShop } from './shop'

const SIZES = [10, 10_000, 100_000]

/** How many orders the measured shopper has at least: more than a page shows. */
const OWN_ORDERS = 30
/** How many orders the run of the timer processes. */
const DUE_ORDERS = 5
/** How many orders are stored in one write. */
const BATCH = 1000
const DONE: readonly OrderStatus[] = [1, 2, 4, 1]
/** With unpaid orders, of which a shop allows a shopper only a few. */
const MIXED: readonly OrderStatus[] = [...DONE, 0]
const YEAR = 365 * 24 * HOUR

export const documents: Measurement = {
  title: 'Documents that the database reads, by how many orders there are',
  columns: SIZES.map((size) => ({ title: size.toLocaleString('en-US'), kind: 'count' })),
  measure: (root) => {
    const project = openProject(root)
    return withShop(project, (shop) => measureDocuments(shop, project, SIZES))
  },
}

/**
 * Measures the actions of `pay`, a run of the timer and the queries of the list pages.
 * @param sizes how many orders are stored, in ascending order: half of them the measured shopper's own
 */
export async function measureDocuments(
  shop: Shop,
  project: Project,
  sizes: readonly number[],
): Promise<Row[]> {
  const counts = new Map<string, number[]>()
  let stored = 0
  for (const [n, size] of sizes.entries()) {
    const [shopper, other] = [shop.shopper(2 * n + 1), shop.shopper(2 * n + 2)]
    const due: Order[] = []
    while (due.length < DUE_ORDERS) due.push(await other.newOrder())
    const half = size / 2
    const own = (): string => shopper.openid
    store(shop, due[0]!, { from: 0, to: OWN_ORDERS, owner: own, statuses: MIXED })
    store(shop, due[0]!, { from: OWN_ORDERS, to: OWN_ORDERS + half, owner: own, statuses: DONE })
    store(shop, due[0]!, { from: stored, to: half, owner: otherOwner, statuses: MIXED })
    stored = half
    shop.simulator.clock.advance(31 * MINUTE)
    for (const [what, count] of await countReads(shop, project, shopper)) {
      counts.set(what, [...(counts.get(what) ?? []), count])
    }
  }
  return [...counts].map(([what, values]) => ({ what, values }))
}

/** Returns how many documents are read for each thing that a shopper or the timer does. */
async function countReads(shop: Shop, project: Project, shopper: Shopper) {
  const { clock, cloud } = shop.simulator
  const counts: [what: string, count: number][] = []
  const measure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const before = cloud.database.documentsRead
    const result = await work()
    counts.push([what, cloud.database.documentsRead - before])
    return result
  }
  const pages = await loadPageQueries(project.miniprogramRoot, cloud.client(shopper.openid))
  await callEachAction(shop, shopper, measure)
  await measure('page of orders', () => pages.ordersBefore(clock.now()))
  await measure('page of goods', () => pages.goodsAfter())
  const run = () => cloud.timers.run('pay-reconcile')
  const result = await measure(`timer, ${DUE_ORDERS} due orders`, run)
  const { done } = result as { done: number }
  if (done !== DUE_ORDERS) throw new Error(`The timer completed ${done} of ${DUE_ORDERS} orders.`)
  return counts
}

/** Orders on which nothing is to be done, the newest first. */
interface StoredOrders {
  /** the number of the first one */
  from: number
  /** the number after the last one */
  to: number
  /** Returns the openid of the shopper of the n-th order. */
  owner: (n: number) => string
  /** the statuses, by turns */
  statuses: readonly OrderStatus[]
}

const otherOwner = (n: number) => `other-${n % 1000}`

/** @param template an unpaid order, which the orders copy */
function store(
  { simulator: { clock, cloud } }: Shop,
  template: Order,
  { from, to, owner, statuses }: StoredOrders,
): void {
  const now = clock.now()
  const { next_check_at, ...done } = template
  const orders = Array.from({ length: to - from }, (_unused, index): Order => {
    const n = from + index
    const _openid = owner(n)
    const _id = createHash('md5').update(`${_openid} ${n}`).digest('hex')
    const status = statuses[n % statuses.length]!
    const order = { ...done, _id, _openid, out_trade_no: _id, status, created_at: now - n }
    // Unpaid orders are due later
    return status === 0 ? { ...order, expires_at: now + YEAR, next_check_at: now + YEAR } : order
  })
  for (let n = 0; n < orders.length; n += BATCH) {
    cloud.database.insert('orders', orders.slice(n, n + BATCH) as unknown as Doc[])
  }
}
