/** The messages between the host and a worker thread. Types only. */
import type { FunctionError } from '../client-protocol'

/** The thread's `workerData`. */
export interface WorkerSetup {
  /** absolute path of the function's code, CommonJS */
  file: string
  /** the simulated clock's offset: one Float64, ms */
  clock: SharedArrayBuffer
  /** stops the thread between calls, see freezer.ts */
  freezer: SharedArrayBuffer
  gateway: Gateway
}

/** The local server that receives the requests to WeChat's hosts. */
export interface Gateway {
  /** its port on 127.0.0.1 */
  port: number
  /** the certificate (PEM) of the authority that signed the gateway's certificate */
  ca: string
}

/** One call of the function. */
export interface Invocation {
  /** the event as JSON */
  event: string
  /** all environment variables of this call */
  env: Record<string, string>
  context: { request_id: string; function_name: string; time_limit_in_ms: number }
}

/** An error that the function threw, or handled itself and published. */
export type WorkerError = Pick<FunctionError, 'code' | 'text'>

export type WorkerMessage =
  | { type: 'loaded' }
  | { type: 'unloadable'; reason: string }
  | { type: 'output'; text: string }
  | ({ type: 'error' } & WorkerError)
  /** `json` is the function's result */
  | { type: 'returned'; json: string }
  | { type: 'threw'; reason: string }
