import { randomUUID } from 'node:crypto'
import type { SimulatedClock } from '../../clock'
import { CloudBaseError } from '../errors'
import type { Log } from '../log'
import { callEnv, platformEnv } from './environment'
import type { Caller, Platform } from './environment'
import { Gate } from './gate'
import { Instance } from './instance'
import type { Gateway } from './protocol'
import { workerCode } from './worker/bundle'

/** One of the `triggers` of a function's config.json. */
export interface Trigger {
  name: string
  /** `timer`: there is no other */
  type: string
  /** when it fires: seven fields, see timers/cron.ts */
  config: string
}

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
  log: Log
}

/** A call that is under way. */
export interface Call {
  name: string
  caller: Caller
}

/** An instance costs about 300 ms of processor time, so calls from outside wait for one of these. */
const CALLS_AT_A_TIME = 4

interface Deployment {
  config: FunctionConfig
  idle: Instance[]
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
  readonly #gate = new Gate(CALLS_AT_A_TIME)

  constructor(options: HostOptions) {
    this.#options = options
    this.#deployments = new Map(
      Object.entries(options.functions).map(([name, config]) => [name, { config, idle: [] }]),
    )
  }

  /**
   * Calls a function from outside: a phone, a timer, an HTTP request.
   * @throws CloudBaseError FUNCTION_NOT_FOUND, FUNCTIONS_EXECUTE_FAIL, FUNCTIONS_TIME_LIMIT_EXCEEDED
   */
  async invoke(name: string, event: unknown, caller: Caller): Promise<unknown> {
    return this.#gate.run(() => this.#run(name, event, caller))
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

  /** Starts an instance ahead of the first call, unless one is waiting already. */
  async warm(name: string): Promise<void> {
    const { config, idle } = this.#deployment(name)
    if (!idle.some(isAlive)) idle.push(await this.#start(name, config))
  }

  /** New code for a function: calls that run end on the old code, all others get the new. */
  replace(name: string, file: string): void {
    const { config, idle } = this.#deployment(name)
    this.#deployments.set(name, { config: { ...config, file }, idle: [] })
    for (const instance of idle) void instance.stop()
  }

  /** Ends every call and every instance. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#instances].map((instance) => instance.stop()))
  }

  async #run(name: string, event: unknown, caller: Caller): Promise<unknown> {
    const deployment = this.#deployment(name)
    const { config } = deployment
    const instance = takeIdle(deployment) ?? (await this.#start(name, config))
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
      if (this.#deployments.get(name) === deployment) deployment.idle.push(instance)
      else void instance.stop()
    }
  }

  async #start(name: string, config: FunctionConfig): Promise<Instance> {
    const code = await workerCode()
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

function takeIdle(deployment: Deployment): Instance | undefined {
  deployment.idle = deployment.idle.filter(isAlive)
  return deployment.idle.pop()
}
