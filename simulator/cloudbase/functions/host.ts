import { randomUUID } from 'node:crypto'
import type { Trigger } from '../../../project/functions'
import type { SimulatedClock } from '../../kit/clock'
import { CloudBaseError } from '../errors'
import type { Log } from '../log'
import { callEnv, platformEnv, type Caller, type Platform } from './environment'
import { Instance } from './instance'
import type { Gateway } from './protocol'
import { Semaphore } from './semaphore'
import { workerCode } from './worker/bundle'

export interface FunctionConfig {
  /** absolute path of its code: CommonJS, everything inside */
  file: string
  timeoutMs: number
  /** what a deployer would set in the console */
  env: Record<string, string>
  /** `permissions.openapi` of its config.json, such as `subscribeMessage.send` */
  openapi: string[]
  /** what calls it by itself; nothing when absent */
  triggers?: readonly Trigger[]
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

/** A call that is under way. */
export interface Call {
  name: string
  caller: Caller
}

/**
 * Enough for calls to race as they do in the cloud. There is a limit because each needs an instance,
 * which costs 300 to 400 ms of processor time at its start, and 30 to 40 MB of memory from then on.
 */
const CALLS_AT_A_TIME = 40

/** On a few cores more at once load no sooner, and each might take longer than it may. */
const STARTS_AT_A_TIME = 4

/** The code of a function, until it is replaced. */
interface Deployment {
  config: FunctionConfig
  idle: Instance[]
}

/** An instance with the code that it runs. */
interface Loaded {
  deployment: Deployment
  instance: Instance
}

/**
 * Runs the cloud functions, each instance in a thread of its own with an environment made from
 * nothing. Instances are used again, as in the cloud; further ones start when all are busy.
 */
export class FunctionHost {
  readonly #options: HostOptions
  readonly #deployments: Map<string, Deployment>
  #instances = new Set<Instance>()
  #closed = false
  /** by the token that the call's requests carry */
  readonly #calls = new Map<string, Call>()
  readonly #callSlots: Semaphore
  readonly #startSlots = new Semaphore(STARTS_AT_A_TIME)

  constructor(options: HostOptions) {
    this.#options = options
    this.#callSlots = new Semaphore(options.callsAtATime ?? CALLS_AT_A_TIME)
    this.#deployments = new Map(
      Object.entries(options.functions).map(([name, config]) => [name, { config, idle: [] }]),
    )
  }

  /**
   * Calls a function from outside: a phone, a timer, an HTTP request.
   * @throws CloudBaseError FUNCTION_NOT_FOUND, FUNCTIONS_EXECUTE_FAIL, FUNCTIONS_TIME_LIMIT_EXCEEDED
   */
  async invoke(name: string, event: unknown, caller: Caller): Promise<unknown> {
    return this.#callSlots.run(() => this.#run(name, event, caller))
  }

  /**
   * Calls a function from within the call that `token` stands for: the caller stays who it was, the
   * chain gets longer. It does not wait for a free place, since the outer call holds one.
   */
  async invokeNested(name: string, event: unknown, token: string): Promise<unknown> {
    const outer = this.#calls.get(token)?.caller ?? {}
    const source = [outer.source, 'scf'].filter(Boolean).join(',')
    return this.#run(name, event, { ...outer, source })
  }

  /** The call that sent a request, while it runs. */
  callOf(token: string): Call | undefined {
    return this.#calls.get(token)
  }

  /** Whether the function's config.json asks for this API. */
  mayCallOpenApi(name: string, api: string): boolean {
    return this.#deployment(name).config.openapi.includes(api)
  }

  /**
   * Starts instances ahead of the first calls, so that this many wait for one, and resolves when
   * they have loaded. A function that cannot be loaded fails its first call, not this.
   */
  async warm(name: string, instances = 1): Promise<void> {
    const idle = this.#deployment(name).idle.filter(isAlive).length
    const missing = Math.max(0, instances - idle)
    await Promise.all(
      Array.from({ length: missing }, async () => this.#release(name, await this.#start(name))),
    )
  }

  /** New code for a function: calls that run end on the old code, all others get the new. */
  replace(name: string, file: string): void {
    const { config, idle } = this.#deployment(name)
    this.#deployments.set(name, { config: { ...config, file }, idle: [] })
    for (const instance of idle) void instance.stop()
  }

  /** Stops every call and every instance. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#instances].map((instance) => instance.stop()))
  }

  async #run(name: string, event: unknown, caller: Caller): Promise<unknown> {
    const loaded = this.#takeIdle(name) ?? (await this.#start(name))
    const { instance } = loaded
    const { config } = loaded.deployment
    const token = randomUUID()
    this.#calls.set(token, { name, caller })
    try {
      const result = await instance.run({
        event: JSON.stringify(event ?? {}),
        env: { ...this.#env(config), ...callEnv(this.#options.platform.appid, caller, token) },
        context: {
          request_id: randomUUID(),
          function_name: name,
          time_limit_in_ms: config.timeoutMs,
        },
      })
      return JSON.parse(result) as unknown
    } finally {
      this.#calls.delete(token)
      this.#release(name, loaded)
    }
  }

  #takeIdle(name: string): Loaded | undefined {
    const deployment = this.#deployment(name)
    deployment.idle = deployment.idle.filter(isAlive)
    const instance = deployment.idle.pop()
    return instance && { deployment, instance }
  }

  /** Keeps an instance for the next call, unless its code has been replaced. */
  #release(name: string, { deployment, instance }: Loaded): void {
    if (this.#deployments.get(name) === deployment) deployment.idle.push(instance)
    else void instance.stop()
  }

  /** Resolves when the instance has loaded or cannot be loaded, which fails its first call. */
  #start(name: string): Promise<Loaded> {
    return this.#startSlots.run(async () => {
      const code = await workerCode()
      const deployment = this.#deployment(name)
      const instance = this.#instance(name, deployment.config, code)
      await instance.loaded()
      return { deployment, instance }
    })
  }

  #instance(name: string, config: FunctionConfig, code: string): Instance {
    if (this.#closed) throw new CloudBaseError('FUNCTIONS_EXECUTE_FAIL', 'CloudBase has stopped.')
    const { clock, gateway, log } = this.#options
    const instance = new Instance({
      name,
      code,
      env: this.#env(config),
      setup: { file: config.file, clock: clock.shared, gateway },
      print(text) {
        for (const line of text.trimEnd().split('\n')) {
          log({ at: clock.now(), source: 'function', name, text: line })
        }
      },
    })
    this.#instances = new Set([...this.#instances].filter(isAlive)).add(instance)
    return instance
  }

  #env({ env }: FunctionConfig): Record<string, string> {
    return { ...env, ...platformEnv(this.#options.platform) }
  }

  #deployment(name: string): Deployment {
    const deployment = this.#deployments.get(name)
    if (deployment !== undefined) return deployment
    throw new CloudBaseError('FUNCTION_NOT_FOUND', `There is no function ${name}.`)
  }
}

function isAlive(instance: Instance): boolean {
  return !instance.stopped
}
