import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setImmediate } from 'node:timers/promises'
import { openProject } from '../../project/project'
import { callEachAction } from './actions'
import type { Measurement, Row } from './measurement'
import { type Shop, withShop } from './shop'

/** How long (ms) database and WeChat Pay take, so that calls that do not wait for each other overlap. */
const LATENCY = 200

export const remoteCalls: Measurement = {
  title: 'Remote calls of each action: to the database, to WeChat Pay, to another function',
  columns: [
    { title: 'one after another', kind: 'count' },
    { title: 'in all', kind: 'count' },
  ],
  measure: (root) => withShop(openProject(root), (shop) => measureRemoteCalls(shop)),
}

/** Measures each action of `pay`, by the requests that reach the servers of the simulator. */
export async function measureRemoteCalls(shop: Shop, latency = LATENCY): Promise<Row[]> {
  const { cloud, gateway } = shop.simulator
  // The functions load and connect first
  await callEachAction(shop, shop.shopper(1), (_, call) => call())
  cloud.faults.setLatency(latency)
  gateway.faults.setLatency(latency)
  const rows: Row[] = []
  await callEachAction(shop, shop.shopper(2), async (action, call) => {
    const recording = recordRequests()
    const result = await call()
    const requests = await recording.stop()
    rows.push({ what: action, values: [longestChain(requests), requests.length] })
    return result
  })
  return rows
}

/** When (ms) a request arrived and was answered. */
export interface Request {
  from: number
  to: number
}

/** Returns the most requests of which each arrived after the answer to the one before it. */
export function longestChain(requests: readonly Request[]): number {
  let [length, last] = [0, -Infinity]
  for (const { from, to } of [...requests].sort((a, b) => a.to - b.to)) {
    if (from < last) continue
    length++
    last = to
  }
  return length
}

/** Records the requests to all HTTP and HTTPS servers of this process. */
function recordRequests() {
  const requests = new Map<unknown, Request>()
  const now = () => performance.now()
  const onStart = (message: unknown) => {
    requests.set(responseOf(message), { from: now(), to: Infinity })
  }
  const onFinish = (message: unknown) => {
    const request = requests.get(responseOf(message))
    if (request) request.to = now()
  }
  subscribe('http.server.request.start', onStart)
  subscribe('http.server.response.finish', onFinish)
  return {
    async stop(): Promise<Request[]> {
      // The last answer may have arrived before its server notes that it is sent
      await setImmediate()
      unsubscribe('http.server.request.start', onStart)
      unsubscribe('http.server.response.finish', onFinish)
      return [...requests.values()]
    },
  }
}

const responseOf = (message: unknown) => (message as { response: object }).response
