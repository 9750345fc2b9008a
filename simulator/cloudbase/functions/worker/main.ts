/** Runs in a worker thread: one instance of one function, one call at a time. */
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { Invocation, WorkerMessage, WorkerSetup } from '../protocol'
import { followClock } from './date'
import { sendToGateway } from './outgoing'
import { captureOutput } from './output'

type Main = (event: unknown, context: Invocation['context']) => unknown

const setup = workerData as WorkerSetup
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
    tell({ type: 'returned', json: JSON.stringify(result) ?? 'null' })
  } catch (error) {
    console.error(error)
    tell({ type: 'threw', reason: describe(error) })
  }
}

function describe(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? String(error))
}
