import { randomUUID } from 'node:crypto'
import type { Operation, Permissions, Query } from '../../../project/permissions'
import { isPlainObject } from '../../../project/plain-object'
import type { Clock } from '../../kit/clock'
import type {
  CallFunctionReply,
  ClientFailure,
  DatabaseReply,
  DatabaseRequest,
  TempFileURLs,
} from '../client-protocol'
import type { Database } from '../database/database'
import { asDatabaseError, CloudBaseError } from '../errors'
import type { FunctionHost, ReportError } from '../functions/host'
import type { Log } from '../log'
import { LINK_MAX_AGE, type Storage } from '../storage'
import { checkRequest, documentOf, toPhoneJson, operatorsOf, pageOf, queryOf } from './request'

export interface ClientOptions {
  appid: string
  clock: Clock
  database: Database
  functions: FunctionHost
  /** returns the present permissions: they can change at any time */
  permissions: () => Permissions
  storage: Storage
  log: Log
}

/** A call of the phone failed, with the errCode and errMsg of wx.cloud. */
export class ClientError extends Error implements ClientFailure {
  readonly errMsg: string

  constructor(
    readonly errCode: number,
    errMsg: string,
  ) {
    super(errMsg)
    this.errMsg = errMsg
  }
}

/** CloudBase for one shopper's phone: the server side of wx.cloud. */
export class Client {
  readonly #openid: string
  readonly #options: ClientOptions

  constructor(openid: string, options: ClientOptions) {
    this.#openid = openid
    this.#options = options
  }

  /**
   * Handles wx.cloud.callFunction. The platform puts `userInfo` into the event, replacing any that
   * the phone sent.
   * @param report receives the errors of the function, which a real phone does not
   * @throws ClientError
   */
  async callFunction(
    name: string,
    data: unknown = {},
    report?: ReportError,
  ): Promise<CallFunctionReply> {
    const { appid, functions } = this.#options
    try {
      if (!isPlainObject(data)) throw new CloudBaseError('INVALID_PARAM', 'data must be an object')
      const event = { ...data, userInfo: { openId: this.#openid, appId: appid } }
      const caller = { openid: this.#openid, source: 'wx_client' }
      const result = await functions.invoke(name, event, caller, report)
      return { errMsg: 'cloud.callFunction:ok', result, requestID: randomUUID() }
    } catch (error) {
      if (error instanceof CloudBaseError) throw clientError('cloud.callFunction', error)
      throw error
    }
  }

  /**
   * Handles one request of wx.cloud.database().
   * @param request a DatabaseRequest; anything else is refused
   * @throws ClientError
   */
  database(request: unknown): DatabaseReply {
    let api = 'database'
    try {
      const checked = checkRequest(request)
      api = `${checked.id === undefined ? 'collection' : 'document'}.${checked.op}`
      return { ...this.#perform(checked), errMsg: `${api}:ok` }
    } catch (error) {
      if (error instanceof ClientError) throw error
      const refusal = asDatabaseError(error)
      this.#log(request, `${api} refused: ${refusal.message}`)
      throw clientError(api, refusal)
    }
  }

  /** Handles wx.cloud.getTempFileURL. */
  tempFileURLs(fileIDs: readonly string[]): TempFileURLs {
    const fileList = fileIDs.map((fileID) => {
      const url = this.#options.storage.linkTo(fileID)
      return url === undefined
        ? { fileID, tempFileURL: '', status: -503003, errMsg: 'STORAGE_FILE_NONEXIST', maxAge: 0 }
        : { fileID, tempFileURL: url, status: 0, errMsg: 'ok', maxAge: LINK_MAX_AGE }
    })
    return { errMsg: 'cloud.getTempFileURL:ok', fileList }
  }

  #perform(request: DatabaseRequest): Omit<DatabaseReply, 'errMsg'> {
    const { clock, database } = this.#options
    const { collection, id, op } = request
    const openid = this.#openid
    const now = clock.now()
    const admit = (operation: 'read' | 'update' | 'delete') =>
      this.#admit(collection, operation, queryOf(request, openid, now))

    switch (op) {
      case 'get': {
        const data = database.find(collection, { query: admit('read'), ...pageOf(request) })
        if (id === undefined) return { data: toPhoneJson(data) }
        if (data.length > 0) return { data: toPhoneJson(data[0]) }
        throw new ClientError(-1, `document.get:fail document with _id ${id} does not exist`)
      }
      case 'count':
        return { total: database.count(collection, admit('read')) }
      case 'add': {
        const doc = { ...documentOf(request, now), _openid: openid }
        this.#admit(collection, 'create', doc)
        const [_id = ''] = database.insert(collection, [doc])
        return { _id }
      }
      case 'set':
        return this.#set(collection, id!, documentOf(request, now))
      case 'update': {
        const multi = id === undefined
        const operators = operatorsOf(request, now)
        return {
          stats: { updated: database.update(collection, admit('update'), operators, { multi }) },
        }
      }
      case 'remove': {
        const multi = id === undefined
        return { stats: { removed: database.remove(collection, admit('delete'), { multi }) } }
      }
    }
  }

  /** Replaces the document when the caller may change it; else tries to add it. */
  #set(collection: string, id: string, data: Record<string, unknown>) {
    const { database } = this.#options
    const doc = { ...data, _openid: this.#openid }
    const query = this.#admit(collection, 'update', { _id: id })
    if (database.count(collection, query) > 0) {
      const { updated } = database.replace(collection, query, doc)
      return { _id: id, stats: { updated, created: 0 } }
    }
    this.#admit(collection, 'create', { ...doc, _id: id })
    database.insert(collection, [{ ...doc, _id: id }])
    return { _id: id, stats: { updated: 0, created: 1 } }
  }

  /**
   * Returns the query that the permissions allow.
   * @throws CloudBaseError DATABASE_PERMISSION_DENIED
   */
  #admit(collection: string, operation: Operation, query: Query): Query {
    const admitted = this.#options.permissions().admit(collection, operation, query, this.#openid)
    if (admitted !== undefined) return admitted
    throw new CloudBaseError(
      'DATABASE_PERMISSION_DENIED',
      `Permission denied: the permissions of ${collection} do not allow this ${operation}`,
    )
  }

  #log(request: unknown, text: string): void {
    const { collection = '' } = (request ?? {}) as { collection?: unknown }
    this.#options.log({
      at: this.#options.clock.now(),
      source: 'database',
      name: String(collection),
      text,
    })
  }
}

function clientError(api: string, error: CloudBaseError): ClientError {
  return new ClientError(error.errCode, `${api}:fail Error: ${error.description}`)
}
