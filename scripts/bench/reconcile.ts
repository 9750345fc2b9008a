import { openProject } from '../../project/project'
import { type Measurement, median, type Row } from './measurement'
import { MINUTE, type Shop, withShop } from './shop'

/** How long (ms) each call takes. */
interface Latency {
  database: number
  weChatPay: number
}

const LATENCIES: readonly Latency[] = [
  { database: 15, weChatPay: 60 },
  { database: 30, weChatPay: 120 },
]

/** How many due orders one run processes. */
const ORDERS = 60
/** How many orders each shopper places: a shop allows no more unpaid ones. */
const ORDERS_OF_SHOPPER = 10
/** How often each run is repeated. */
const ROUNDS = 3

export const reconcile: Measurement = {
  title: 'Orders closed by one run of the timer, against one order at a time',
  columns: [
    { title: 'orders in the run', kind: 'count' },
    { title: 'throughput', kind: 'ratio' },
  ],
  measure: (root) => withShop(openProject(root), (shop) => measureReconcile(shop)),
}

/**
 * Measures how many times faster a run processes many orders than a run processes a single one. The
 * time of a run without an order is deducted from both.
 */
export async function measureReconcile(
  shop: Shop,
  orders = ORDERS,
  rounds = ROUNDS,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const latency of LATENCIES) {
    // The function loads and connects first
    await timeRun(shop, latency, 1)
    const [none, single, many]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round++) {
      none.push(await timeRun(shop, latency, 0))
      single.push(await timeRun(shop, latency, 1))
      many.push(await timeRun(shop, latency, orders))
    }
    const empty = median(none)
    const throughput = (orders * (median(single) - empty)) / (median(many) - empty)
    const what = `${latency.database} ms database, ${latency.weChatPay} ms WeChat Pay`
    rows.push({ what, values: [orders, throughput] })
  }
  return rows
}

/** Returns how long (ms) a run takes that closes so many expired orders. @throws Error if one stays */
async function timeRun(shop: Shop, latency: Latency, orders: number): Promise<number> {
  const { clock, cloud, gateway } = shop.simulator
  for (let n = 0; n < orders; n++) {
    await shop.shopper(1 + Math.floor(n / ORDERS_OF_SHOPPER)).newOrder()
  }
  clock.advance(31 * MINUTE)
  cloud.faults.setLatency(latency.database)
  gateway.faults.setLatency(latency.weChatPay)
  const started = performance.now()
  const result = await cloud.timers.run('pay-reconcile')
  const ms = performance.now() - started
  cloud.faults.clear()
  gateway.faults.clear()
  const { done } = result as { done: number }
  if (done !== orders) throw new Error(`The run closed ${done} of ${orders} orders.`)
  return ms
}
