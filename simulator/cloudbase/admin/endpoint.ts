import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../kit/clock'
import { type Handler, readBody } from '../../kit/http'
import type { Database } from '../database/database'
import { asDatabaseError, CloudBaseError } from '../errors'
import type { FunctionHost } from '../functions/host'
import type { Messages } from '../messages/messages'
import { LINK_MAX_AGE, type Storage } from '../storage'
import {
  databaseActions,
  type Action,
  type ActionReply,
  type DatabaseAction,
  type Parameters,
} from './database-actions'
import type { DatabaseFault, DatabaseFaults } from './database-faults'
import { parseMultipart } from './multipart'
import { decodeRequest, encodeReply, encodeRefusal } from './openapi-wire'

export interface EndpointOptions {
  /** the session token that the SDK sends in this simulator's own functions */
  secret: string
  clock: Clock
  database: Database
  faults: DatabaseFaults
  storage: Storage
  messages: Messages
  /** called at each request, since the functions start after the endpoint that they use */
  functions: () => FunctionHost
}

/** The maximum length of a request's body, in bytes. */
const BODY_LIMIT = 8 * 1024 * 1024

/** wx-server-sdk's error codes for `cloud.openapi`. */
const API_NOT_FOUND = -604100
const API_NOT_PERMITTED = -604101
const ILLEGAL_SOURCE = -604104

/**
 * Returns the handler for all requests of the unmodified wx-server-sdk 4.0.2: one path, with
 * `action` in the body. A refusal is HTTP 200 with `code` and `message`. Requests without the
 * secret are refused, so that no other program on this machine writes to the database by accident.
 */
export function adminEndpoint(options: EndpointOptions): Handler {
  const { faults } = options
  const database = databaseActions(options.database, options.clock)
  const actions = { ...database, ...otherActions(options) }
  const isDatabaseAction = (name: string): name is DatabaseAction => Object.hasOwn(database, name)

  return async (request, response) => {
    const body = await readBody(request, BODY_LIMIT)
    const type = request.headers['content-type'] ?? ''
    if (type.startsWith('multipart/form-data')) {
      const fields = parseMultipart(body, type)
      if (!isAuthentic(fields.get('sessionToken')?.toString())) return refuseSource(response)
      response.setHeader('content-type', 'application/octet-stream')
      response.end(callOpenApi(options, fields))
    } else {
      const parameters = parseJson(body)
      if (!isAuthentic(parameters.sessionToken)) return refuseSource(response)
      const name = String(parameters.action)
      const act = () => perform(actions, name, parameters)
      if (isDatabaseAction(name)) {
        const fault = faults.take(name, ({ collection = parameters.collectionName }) => {
          return collection === parameters.collectionName
        })
        await replyWithFault(fault, faults.latencyMs, act, request, response)
      } else sendReply(response, await act())
    }
  }

  function isAuthentic(token: unknown): boolean {
    return token === options.secret
  }
}

/** Performs a database action with the latency and the injected fault, and sends the reply. */
async function replyWithFault(
  fault: DatabaseFault | undefined,
  latencyMs: number,
  act: () => Promise<ActionReply>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const ms = latencyMs + (fault?.kind === 'delay' ? fault.ms : 0)
  // The delay does not keep the process alive
  if (ms > 0) await sleep(ms, undefined, { ref: false })
  if (fault === undefined || fault.kind === 'delay') return sendReply(response, await act())
  if (fault.when === 'after') await act()
  // A silent connection stays open until the caller or the closing endpoint closes it
  if (fault.kind === 'reset') request.socket.destroy()
  else if (fault.kind === 'fail') {
    const { code, message = 'an injected fault' } = fault
    sendReply(response, { code, message })
  }
}

async function perform(
  actions: Record<string, Action>,
  name: string,
  parameters: Parameters,
): Promise<ActionReply> {
  try {
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (action !== undefined) return await action(parameters)
    throw new CloudBaseError('INVALID_PARAM', `the simulator does not know the action ${name}`)
  } catch (error) {
    const { code, message } = asDatabaseError(error)
    return { code, message }
  }
}

function otherActions({ functions, storage }: EndpointOptions): Record<string, Action> {
  return {
    async 'functions.invokeFunction'({ function_name, request_data, wxCloudApiToken }) {
      const event: unknown = request_data ? JSON.parse(request_data as string) : {}
      const token = String(wxCloudApiToken)
      const result = await functions().invokeNested(String(function_name), event, token)
      return { data: { response_data: JSON.stringify(result) } }
    },

    'storage.batchGetDownloadUrl'({ file_list }) {
      const files = file_list as { fileid: string; max_age?: number }[]
      const download_list = files.map(({ fileid: fileID, max_age: maxAge = LINK_MAX_AGE }) => {
        const tempFileURL = storage.linkTo(fileID)
        return tempFileURL === undefined
          ? { code: 'STORAGE_FILE_NONEXIST', fileID, tempFileURL: '', maxAge }
          : { code: 'SUCCESS', fileID, tempFileURL, maxAge }
      })
      return { data: { download_list } }
    },
  }
}

/**
 * Answers a function's call of `cloud.openapi`, which must be listed in the function's config.json.
 */
function callOpenApi(options: EndpointOptions, fields: Map<string, Buffer>): Uint8Array {
  const api = fields.get('apiName')?.toString() ?? ''
  const functions = options.functions()
  const call = functions.callOf(fields.get('wxCloudApiToken')?.toString() ?? '')
  if (call === undefined) return encodeRefusal(ILLEGAL_SOURCE)
  if (!functions.mayCallOpenApi(call.name, api)) return encodeRefusal(API_NOT_PERMITTED)
  if (api !== 'subscribeMessage.send') return encodeRefusal(API_NOT_FOUND)
  const message = decodeRequest(fields.get('requestData') ?? Buffer.alloc(0))
  return encodeReply(options.messages.send(message))
}

function parseJson(body: Buffer): Parameters {
  try {
    return JSON.parse(body.toString()) as Parameters
  } catch {
    return {}
  }
}

function refuseSource(response: ServerResponse): void {
  const code = 'INVALID_REQUEST_SOURCE'
  sendReply(response, { code, message: 'Only this simulator’s own functions may call.' })
}

function sendReply(response: ServerResponse, content: ActionReply): void {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify({ requestId: randomUUID(), ...content }))
}
