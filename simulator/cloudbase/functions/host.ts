import { randomUUID } from 'node:crypto'
import type { Trigger } from '../../../project/function-config'
import type { SimulatedClock } from '../../kit/clock'
import type { FunctionError } from '../client-protocol'
import { CloudBaseError } from '../errors'
import type { Log } from '../log'
import { callEnv, platformEnv, type Caller, type Platform } from './environment'
import { Instance } from './instance'
import type { Gateway } from './protocol'
import { Semaphore } from './semaphore'
import { withSourcePlaces } from './source-places'
import { workerCode } from './worker/bundle'

export interface FunctionConfig {
  /** absolute path of its code: CommonJS, bundled with its dependencies */
  file: string
  timeoutMs: number
  /** environment variables, as set in the console */
  env: Record<string, string>
  /** `permissions.openapi` of its config.json, such as `subscribeMessage.send` */
  openapi: string[]
  /** its triggers; none when absent */
  triggers?: readonly Trigger[]
  /** absolute path of the folder at which its sources' paths start in a stack; absent: absolute */
  root?: string
}

export interface HostOptions {
  functions: Record<string, FunctionConfig>
  platform: Platform
  clock: SimulatedClock
  gateway: Gateway
  /** how many calls from outside run at the same time, 40 when absent; further ones wait */
  callsAtATime?: number | undefined
  log: Log
}

/** A running call. */
export interface Call {
  name: string
  caller: Caller
  report: ReportError
}

/** Receives the errors of one call, and of the functions that it calls, with places in sources. */
export type ReportError = (error: FunctionError) => void

/**
 * Enough for calls to race as they do in the cloud. There is a limit because each call needs an
 * instance, which takes 300 to 400 ms of processor time to start, and then 30 to 40 MB of memory.
 */
const CALLS_AT_A_TIME = 40

/** On few cores, more concurrent starts are not faster, and each could exceed its time limit. */
const STARTS_AT_A_TIME = 4

/** One version of a function's code, which lasts until it is replaced, and its idle instances. */
interface FunctionVersion {
  config: FunctionConfig
  idle: Instance[]
}

/** An instance and the version of the code that it runs. */
interface DeployedInstance {
  version: FunctionVersion
  instance: Instance
}

const ignore: ReportError = () => {}

/**
 * Runs the cloud functions, each instance in its own thread, with an environment that inherits
 * nothing. Instances are reused, as in the cloud; new ones start when all are busy.
 */
export class FunctionHost {
  readonly #options: HostOptions
  readonly #versions: Map<string, FunctionVersion>
  #instances = new Set<Instance>()
  #closed = false
  /** by the token that the call's requests carry */
  readonly #calls = new Map<string, Call>()
  /** by the instance that runs it */
  readonly #callOf = new Map<Instance, Call>()
  readonly #callSlots: Semaphore
  readonly #startSlots = new Semaphore(STARTS_AT_A_TIME)

  constructor(options: HostOptions) {
    this.#options = options
    this.#callSlots = new Semaphore(options.callsAtATime ?? CALLS_AT_A_TIME)
    this.#versions = new Map(
      Object.entries(options.functions).map(([name, config]) => [name, { config, idle: [] }]),
    )
  }

  /**
   * Calls a function from outside: a phone, a timer, an HTTP request.
   * @throws CloudBaseError FUNCTION_NOT_FOUND, FUNCTIONS_EXECUTE_FAIL,
   * FUNCTIONS_TIME_LIMIT_EXCEEDED
   */
  async invoke(
    name: string,
    event: unknown,
    caller: Caller,
    report: ReportError = ignore,
  ): Promise<unknown> {
    return this.#callSlots.run(() => this.#run(name, event, { name, caller, report }))
  }

  /**
   * Calls a function from within the call that `token` identifies. The caller stays the same, and
   * the chain grows by `scf`. It does not wait for a free slot, since the outer call holds one.
   */
  async invokeNested(name: string, event: unknown, token: string): Promise<unknown> {
    const { caller = {}, report = ignore } = this.#calls.get(token) ?? {}
    const source = [caller.source, 'scf'].filter(Boolean).join(',')
    return this.#run(name, event, { name, caller: { ...caller, source }, report })
  }

  /** Returns the running call that a request with this token comes from. */
  callOf(token: string): Call | undefined {
    return this.#calls.get(token)
  }

  /** Returns whether the function's config.json lists this API. */
  mayCallOpenApi(name: string, api: string): boolean {
    return this.#version(name).config.openapi.includes(api)
  }

  /**
   * Starts instances until this many are idle, and resolves when they have loaded. A function that
   * cannot be loaded fails its first call, not this one.
   */
  async warm(name: string, instances = 1): Promise<void> {
    const idle = this.#version(name).idle.filter(isAlive).length
    const missing = Math.max(0, instances - idle)
    await Promise.all(
      Array.from({ length: missing }, async () => this.#release(name, await this.#start(name))),
    )
  }

  /** Replaces a function's code. Running calls end with the old code, later ones get the new. */
  replace(name: string, file: string): void {
    const { config, idle } = this.#version(name)
    this.#versions.set(name, { config: { ...config, file }, idle: [] })
    for (const instance of idle) void instance.stop()
  }

  /** Changes how a function runs: its time limit and open APIs, from its next call on. */
  configure(name: string, settings: Pick<FunctionConfig, 'timeoutMs' | 'openapi'>): void {
    const version = this.#version(name)
    version.config = { ...version.config, ...settings }
  }

  /** Stops every call and every instance. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#instances].map((instance) => instance.stop()))
  }

  async #run(name: string, event: unknown, call: Call): Promise<unknown> {
    const deployed = this.#takeIdle(name) ?? (await this.#start(name))
    const { instance } = deployed
    const { config } = deployed.version
    const token = randomUUID()
    this.#calls.set(token, call)
    this.#callOf.set(instance, call)
    try {
      const result = await instance.run({
        event: JSON.stringify(event ?? {}),
        env: { ...this.#env(config), ...callEnv(this.#options.platform.appid, call.caller, token) },
        context: {
          request_id: randomUUID(),
          function_name: name,
          time_limit_in_ms: config.timeoutMs,
        },
      })
      return JSON.parse(result) as unknown
    } finally {
      this.#calls.delete(token)
      this.#callOf.delete(instance)
      this.#release(name, deployed)
    }
  }

  #takeIdle(name: string): DeployedInstance | undefined {
    const version = this.#version(name)
    version.idle = version.idle.filter(isAlive)
    const instance = version.idle.pop()
    return instance && { version, instance }
  }

  /** Keeps an instance for the next call, unless its code has been replaced. */
  #release(name: string, { version, instance }: DeployedInstance): void {
    if (this.#versions.get(name) === version) version.idle.push(instance)
    else void instance.stop()
  }

  /** Starts an instance; resolves when it has loaded, or could not, which fails its first call. */
  #start(name: string): Promise<DeployedInstance> {
    return this.#startSlots.run(async () => {
      const code = await workerCode()
      const version = this.#version(name)
      const instance = this.#instance(name, version.config, code)
      await instance.loaded()
      return { version, instance }
    })
  }

  #instance(name: string, config: FunctionConfig, code: string): Instance {
    if (this.#closed) throw new CloudBaseError('FUNCTIONS_EXECUTE_FAIL', 'CloudBase has stopped.')
    const { clock, gateway, log } = this.#options
    const { file, root } = config
    const print = (text: string) => {
      for (const line of withSourcePlaces(text, file, root).trimEnd().split('\n')) {
        log({ at: clock.now(), source: 'function', name, text: line })
      }
    }
    const instance: Instance = new Instance({
      name,
      code,
      env: this.#env(config),
      setup: { file: config.file, clock: clock.shared, gateway },
      print,
      report: ({ code, ...error }) => {
        const text = withSourcePlaces(error.text, file, root)
        print(text)
        this.#callOf.get(instance)?.report({ function: name, code, text })
      },
    })
    this.#instances = new Set([...this.#instances].filter(isAlive)).add(instance)
    return instance
  }

  #env({ env }: FunctionConfig): Record<string, string> {
    return { ...env, ...platformEnv(this.#options.platform) }
  }

  #version(name: string): FunctionVersion {
    const version = this.#versions.get(name)
    if (version !== undefined) return version
    throw new CloudBaseError('FUNCTION_NOT_FOUND', `There is no function ${name}.`)
  }
}

function isAlive(instance: Instance): boolean {
  return !instance.stopped
}
