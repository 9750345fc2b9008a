import { randomBytes } from 'node:crypto'
import type { FunctionSettings } from '../../project/functions'
import { Permissions } from '../../project/permissions'
import type { SimulatedClock } from '../kit/clock'
import { listen } from '../kit/http'
import type { Store } from '../kit/store'
import { DatabaseFaults } from './admin/database-faults'
import { adminEndpoint } from './admin/endpoint'
import { Client } from './client/client'
import { Database, type IndexKeys } from './database/database'
import { FunctionHost, type FunctionConfig } from './functions/host'
import type { Gateway } from './functions/protocol'
import { HttpAccess, type HttpRoutes } from './http-access'
import type { Log } from './log'
import { Messages, type SubscribeTemplate } from './messages/messages'
import { Storage } from './storage'
import { readSchedule } from './timers/schedule'
import { Timers } from './timers/timers'

export type { DatabaseAction } from './admin/database-actions'
export type { DatabaseFault, DatabaseFaults } from './admin/database-faults'
export { ClientError } from './client/client'
export { CloudBaseError } from './errors'
export type { Client, Database, FunctionConfig, FunctionHost, Gateway, HttpAccess, HttpRoutes }
export type { Messages, Storage, Timers }
export type { SubscribeTemplate }
export type { Caller } from './functions/environment'
export type { Log, CloudLogEntry } from './log'
export type { OpenApiReply, SentMessage } from './messages/messages'
export type { TimerFault, TimerFaults } from './timers/timer-faults'

export interface CloudBaseOptions {
  store: Store
  clock: SimulatedClock
  envId: string
  appid: string
  /** the part of a file id after the environment's id */
  bucket: string
  functions: Record<string, FunctionConfig>
  /** receives the functions' requests to WeChat Pay */
  gateway: Gateway
  /** how many function calls run at the same time, 40 when absent */
  callsAtATime?: number | undefined
  /** the functions that have a public address; none when absent */
  httpRoutes?: HttpRoutes
  /** the content of permissions.json; the collections in it are created at the start */
  permissions: unknown
  /** the declared indexes by collection; none but those of `_id` when absent */
  indexes?: Readonly<Record<string, readonly IndexKeys[]>>
  templates: SubscribeTemplate[]
  /** first folder of a path in cloud storage → absolute path of the folder with its files */
  storage: Readonly<Record<string, string>>
  /** Returns the URL of a file for browsers. */
  publicUrl: (fileID: string) => string
  log: Log
}

export interface CloudBase {
  /** the address for the requests of wx-server-sdk */
  url: string
  /** Returns CloudBase for this shopper's phone. */
  client(openid: string): Client
  database: Database
  /** injects faults and latency between the functions and the database */
  faults: DatabaseFaults
  functions: FunctionHost
  httpAccess: HttpAccess
  messages: Messages
  storage: Storage
  /** held until they are released */
  timers: Timers
  /**
   * Replaces the permissions, from the next request of a phone on.
   * @throws Error that says what is wrong with them; then the old ones stay
   */
  setPermissions(declared: unknown): void
  /**
   * Replaces the time limit, open APIs and triggers of a function.
   * @throws ProjectError for a wrong trigger; then nothing changes
   */
  configureFunction(name: string, settings: FunctionSettings): void
  close(): Promise<void>
}

/**
 * Starts a simulated CloudBase on this machine.
 * @throws Error that says what is wrong with the permissions, the templates or a trigger
 */
export async function startCloudBase(options: CloudBaseOptions): Promise<CloudBase> {
  const { store, clock, log, envId, appid, bucket } = options
  let permissions = new Permissions(options.permissions)
  const schedule = readSchedule(options.functions)
  const messages = new Messages(store, clock, options.templates, log)
  const database = new Database(store, clock, {
    ...(options.indexes && { indexes: options.indexes }),
    onFullScan: (name, fields) => {
      const text = `full scan: no index serves a query by ${fields.join(', ')}`
      log({ at: clock.now(), source: 'database', name, text })
    },
  })
  const storage = new Storage({
    envId,
    bucket,
    folders: options.storage,
    publicUrl: options.publicUrl,
  })
  for (const name of permissions.collections()) {
    if (!database.has(name)) database.addCollection(name)
  }

  const faults = new DatabaseFaults()
  const secret = randomBytes(16).toString('hex')
  const endpoint = adminEndpoint({
    secret,
    clock,
    database,
    faults,
    storage,
    messages,
    functions: () => functions,
  })
  const server = await listen(endpoint, { port: 0, origin: 'none' })
  const url = `${server.url}/admin`
  const functions = new FunctionHost({
    functions: options.functions,
    platform: { envId, appid, url, secret },
    clock,
    gateway: options.gateway,
    callsAtATime: options.callsAtATime,
    log,
  })
  const timers = new Timers({ schedule, functions, clock, log })
  const httpAccess = new HttpAccess({ envId, routes: options.httpRoutes, functions, clock, log })
  await httpAccess.start()

  return {
    url,
    client: (openid) =>
      new Client(openid, {
        appid,
        clock,
        database,
        functions,
        permissions: () => permissions,
        storage,
        log,
      }),
    database,
    faults,
    functions,
    httpAccess,
    messages,
    storage,
    timers,
    setPermissions(declared) {
      permissions = new Permissions(declared)
    },
    configureFunction(name, settings) {
      const others = timers.schedule.filter((timer) => timer.function !== name)
      const schedule = [...others, ...readSchedule({ [name]: settings })]
      functions.configure(name, settings)
      timers.reschedule(schedule)
    },
    async close() {
      timers.close()
      await functions.close()
      await httpAccess.close()
      await server.close()
    },
  }
}
