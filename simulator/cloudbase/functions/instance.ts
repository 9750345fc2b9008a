import { inspect } from 'node:util'
import { Worker } from 'node:worker_threads'
import { CloudBaseError } from '../errors'
import { Freezer } from './freezer'
import type { Invocation, WorkerError, WorkerMessage, WorkerSetup } from './protocol'

/** How long (ms) a function may take to load. */
const LOAD_LIMIT_MS = 10_000

export interface InstanceOptions {
  name: string
  /** the JavaScript code of the thread */
  code: string
  /** all environment variables of the thread while the function loads */
  env: Record<string, string>
  setup: Omit<WorkerSetup, 'freezer'>
  /** receives the text that the function prints */
  print: (text: string) => void
  /** receives every error that the function throws or publishes */
  report: (error: WorkerError) => void
}

/**
 * One worker thread that runs one function. It serves one call at a time and is frozen between
 * calls, see worker/main.ts.
 */
export class Instance {
  readonly #name: string
  readonly #print: (text: string) => void
  readonly #report: (error: WorkerError) => void
  readonly #worker: Worker
  readonly #freezer = new Freezer()
  readonly #loading: Promise<string>
  #stopped = false
  /** Settles the pending promise: that of the loading, then that of each call. */
  #settle: (outcome: string | CloudBaseError) => void = () => {}

  constructor({ name, code, env, setup, print, report }: InstanceOptions) {
    this.#name = name
    this.#print = print
    this.#report = report
    const workerData: WorkerSetup = { ...setup, freezer: this.#freezer.shared }
    this.#worker = new Worker(code, { eval: true, workerData, env, name })
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message))
    this.#worker.on('error', (error) => this.#die(error))
    this.#worker.on('exit', (exitCode) => this.#crash(failure(`it exited with code ${exitCode}`)))
    this.#loading = this.#expect(LOAD_LIMIT_MS)
    // A failure to load fails the first call; a warmed instance may never get one
    this.#loading.catch(() => {})
  }

  /** Resolves when the function has loaded, or could not be loaded, which fails its first call. */
  async loaded(): Promise<void> {
    await this.#loading.catch(() => {})
  }

  /** Whether the instance has stopped; then it serves no further calls. */
  get stopped(): boolean {
    return this.#stopped
  }

  /**
   * Runs the function once.
   * @returns its result as JSON
   * @throws CloudBaseError when it cannot be loaded, throws, crashes or exceeds its time limit
   */
  async run(invocation: Invocation): Promise<string> {
    await this.#loading
    const result = this.#expect(invocation.context.time_limit_in_ms)
    this.#worker.postMessage(invocation)
    this.#freezer.thaw()
    return result
  }

  async stop(): Promise<void> {
    this.#terminate(failure('the instance was stopped'))
    await this.#worker.terminate()
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'output') this.#print(message.text)
    else if (message.type === 'error') this.#report(message)
    else if (message.type === 'loaded') this.#settle('')
    else if (message.type === 'returned') this.#settle(message.json)
    else if (message.type === 'threw') this.#settle(failure(message.reason))
    else this.#crash(failure(`the function ${this.#name} cannot be loaded: ${message.reason}`))
  }

  #expect(limitMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#crash(timeLimitExceeded(limitMs)), limitMs)
      this.#settle = (outcome) => {
        clearTimeout(timer)
        if (outcome instanceof CloudBaseError) reject(outcome)
        else resolve(outcome)
      }
      if (this.#stopped) this.#settle(failure('the instance has stopped'))
    })
  }

  /** Ends the instance after an error that nothing in the thread caught. */
  #die(error: unknown): void {
    if (!this.#stopped) this.#report({ code: '', text: inspect(error) })
    this.#crash(failure(String(error)))
  }

  #crash(error: CloudBaseError): void {
    if (this.#stopped) return
    this.#print(error.message)
    this.#terminate(error)
  }

  #terminate(error: CloudBaseError): void {
    this.#stopped = true
    this.#settle(error)
    void this.#worker.terminate()
  }
}

function failure(reason: string): CloudBaseError {
  return new CloudBaseError('FUNCTIONS_EXECUTE_FAIL', reason)
}

function timeLimitExceeded(limitMs: number): CloudBaseError {
  return new CloudBaseError(
    'FUNCTIONS_TIME_LIMIT_EXCEEDED',
    `Invoking task timed out after ${limitMs / 1000} seconds`,
  )
}
