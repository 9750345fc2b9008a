/**
 * Runs in a worker thread: one instance of one function, one call at a time. The thread is frozen
 * when it replies and continues with the next call, as an instance in the cloud does: unfinished
 * work (timers, requests, promises) runs during a later call of this instance, or never. So a
 * function must await everything that it starts (cloud.tencent.com, 云函数 → 开发方法 → Node.js: 须返回一个
 * promise 以确保该异步任务在当次调用执行). Before its first call an instance is not frozen.
 */
import { subscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { inspect } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'
import { Freezer } from '../freezer'
import type { Invocation, WorkerError, WorkerMessage, WorkerSetup } from '../protocol'
import { followClock } from './date'
import { sendToGateway } from './outgoing'
import { captureOutput } from './output'

type Main = (event: unknown, context: Invocation['context']) => unknown

/**
 * The channel on which a function publishes the errors that it handles itself. In the cloud nothing
 * subscribes to it, so that nothing leaks into a log there.
 */
const ERRORS = 'shop.error'

const setup = workerData as WorkerSetup
const freezer = new Freezer(setup.freezer)
const send = (message: WorkerMessage) => parentPort?.postMessage(message)

captureOutput((text) => send({ type: 'output', text }))
followClock(setup.clock)
sendToGateway(setup.gateway)
subscribe(ERRORS, report)

try {
  const { main } = createRequire(setup.file)(setup.file) as { main?: Main }
  if (typeof main !== 'function') throw new Error('it does not export a function `main`')
  parentPort?.on('message', (invocation: Invocation) => void run(main, invocation))
  send({ type: 'loaded' })
} catch (error) {
  report(error)
  send({ type: 'unloadable', reason: describe(error) })
}

async function run(main: Main, { event, env, context }: Invocation): Promise<void> {
  // Every variable is deleted, so that none of the previous caller's remains
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  try {
    const result = await main(JSON.parse(event), context)
    reply({ type: 'returned', json: JSON.stringify(result) ?? 'null' })
  } catch (error) {
    report(error)
    reply({ type: 'threw', reason: describe(error) })
  }
}

function report(error: unknown): void {
  const { code, errCode = code ?? '' } = Object(error) as { code?: unknown; errCode?: unknown }
  const known: WorkerError = { code: String(errCode), text: inspect(error) }
  send({ type: 'error', ...known })
}

function reply(message: WorkerMessage): void {
  freezer.freeze(() => send(message))
}

function describe(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? String(error))
}
