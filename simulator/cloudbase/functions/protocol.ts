/** What the host and a worker thread tell each other. Types only. */

/** `workerData`: given once, when the thread starts. */
export interface WorkerSetup {
  /** absolute path of the function's code, CommonJS */
  file: string
  /** the simulated clock's offset: one Float64, ms */
  clock: SharedArrayBuffer
  /** what stops the thread between calls, see freezer.ts */
  freezer: SharedArrayBuffer
  gateway: Gateway
}

/** Where requests to WeChat's hosts go instead. */
export interface Gateway {
  /** on 127.0.0.1 */
  port: number
  /** PEM: the authority that signed the gateway's certificate */
  ca: string
}

/** One call of the function. */
export interface Invocation {
  /** JSON */
  event: string
  /** the whole of process.env for this call */
  env: Record<string, string>
  context: { request_id: string; function_name: string; time_limit_in_ms: number }
}

export type WorkerMessage =
  | { type: 'loaded' }
  | { type: 'unloadable'; reason: string }
  | { type: 'output'; text: string }
  /** `json`: what the function returned */
  | { type: 'returned'; json: string }
  | { type: 'threw'; reason: string }
