/**
 * Runs in a worker thread: one instance of one function, one call at a time. With its reply the
 * thread stops, and goes on with the next call, as an instance of the cloud does: what the function
 * left behind (timers, requests, promises) is done in a later call of this instance, or never.
 * That is why a function must await all that it starts (cloud.tencent.com, 云函数 → 开发方法 → Node.js:
 * 须返回一个 promise 以确保该异步任务在当次调用执行). Until its first call an instance runs: it has
 * loaded for that call.
 */
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { Freezer } from '../freezer'
import type { Invocation, WorkerMessage, WorkerSetup } from '../protocol'
import { followClock } from './date'
import { sendToGateway } from './outgoing'
import { captureOutput } from './output'

type Main = (event: unknown, context: Invocation['context']) => unknown

const setup = workerData as WorkerSetup
const freezer = new Freezer(setup.freezer)
const tell = (message: WorkerMessage) => parentPort?.postMessage(message)

captureOutput((text) => tell({ type: 'output', text }))
followClock(setup.clock)
sendToGateway(setup.gateway)

try {
  const { main } = createRequire(setup.file)(setup.file) as { main?: Main }
  if (typeof main !== 'function') throw new Error('it does not export a function `main`')
  parentPort?.on('message', (invocation: Invocation) => void run(main, invocation))
  tell({ type: 'loaded' })
} catch (error) {
  tell({ type: 'unloadable', reason: describe(error) })
}

async function run(main: Main, { event, env, context }: Invocation): Promise<void> {
  // all of it, so that nothing of the caller before can be seen
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  try {
    const result = await main(JSON.parse(event), context)
    reply({ type: 'returned', json: JSON.stringify(result) ?? 'null' })
  } catch (error) {
    console.error(error)
    reply({ type: 'threw', reason: describe(error) })
  }
}

function reply(message: WorkerMessage): void {
  freezer.freeze(() => tell(message))
}

function describe(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? String(error))
}
