import { randomBytes } from 'node:crypto'
import type { SimulatedClock } from '../clock'
import { listen } from '../http'
import type { Store } from '../store'
import { adminEndpoint } from './admin/endpoint'
import { Client } from './client/client'
import { Database } from './database/database'
import { FunctionHost } from './functions/host'
import type { FunctionConfig } from './functions/host'
import type { Gateway } from './functions/protocol'
import type { Log } from './log'
import { Messages } from './messages/messages'
import type { SubscribeTemplate } from './messages/messages'
import { Permissions } from './permissions/permissions'
import { Storage } from './storage'

export { ClientError } from './client/client'
export { CloudBaseError } from './errors'
export type { Client, Database, FunctionConfig, FunctionHost, Gateway, Messages, Storage }
export type { SubscribeTemplate }
export type { Caller } from './functions/environment'
export type { Log, LogEntry } from './log'
export type { OpenApiAnswer, SentMessage } from './messages/messages'

export interface CloudBaseOptions {
  store: Store
  clock: SimulatedClock
  envId: string
  appid: string
  /** the part of a file id behind the environment's */
  bucket: string
  functions: Record<string, FunctionConfig>
  /** where the functions' requests to WeChat Pay go */
  gateway: Gateway
  /** the content of permissions.json; the collections it names exist from the start */
  permissions: unknown
  templates: SubscribeTemplate[]
  /** the folder whose files are in the storage under `goods/` */
  storageDir: string
  /** where a browser gets a file from */
  publicUrl: (fileID: string) => string
  log: Log
}

export interface CloudBase {
  /** where wx-server-sdk sends its requests */
  url: string
  /** CloudBase as this shopper's phone reaches it */
  client(openid: string): Client
  database: Database
  functions: FunctionHost
  messages: Messages
  storage: Storage
  close(): Promise<void>
}

/**
 * Starts a stand-in for CloudBase on this machine.
 * @throws Error that says what is wrong with the permissions or the templates
 */
export async function startCloudBase(options: CloudBaseOptions): Promise<CloudBase> {
  const { store, clock, log, envId, appid, bucket } = options
  const permissions = new Permissions(options.permissions)
  const messages = new Messages(store, clock, options.templates, log)
  const database = new Database(store, clock)
  const storage = new Storage({
    envId,
    bucket,
    dir: options.storageDir,
    publicUrl: options.publicUrl,
  })
  for (const name of permissions.collections()) {
    if (!database.has(name)) database.addCollection(name)
  }

  const secret = randomBytes(16).toString('hex')
  const endpoint = adminEndpoint({
    secret,
    clock,
    database,
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
    log,
  })

  return {
    url,
    client: (openid) =>
      new Client(openid, { appid, clock, database, functions, permissions, storage, log }),
    database,
    functions,
    messages,
    storage,
    async close() {
      await functions.close()
      await server.close()
    },
  }
}
