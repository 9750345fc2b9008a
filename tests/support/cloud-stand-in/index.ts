import type { IncomingMessage, ServerResponse } from 'node:http'
import { asDatabaseError } from '../../../simulator/cloudbase/errors'
import { listen, readBody } from '../../../simulator/kit/http'
import { Cloud } from './cloud'
import { managementActions, Refusal } from './management'
import { serviceActions } from './service'
import { tc3Refusal } from './tc3'

export const KEY = { secretId: 'AKIDstandInSecretId', secretKey: 'standInSecretKey' }
export const ENV_ID = 'shop-1a2b3c'

/** What goes wrong: `before` the call takes effect, or `after`, so that only its reply is lost. */
export interface Fault {
  /** the how-manieth writing call it strikes, from 0 */
  at: number
  when: 'before' | 'after'
}

export interface StandIn {
  cloud: Cloud
  urls: { management: string; service: string }
  /** the name of every call so far, in order */
  calls: string[]
  /** those that change something */
  writes: string[]
  fault: Fault | undefined
  /** what must come with the key, when the key is a temporary one */
  sessionToken: string | undefined
  close(): Promise<void>
}

const WRITES =
  /^(Create|Update|Modify)|^database\.(insert|modify|remove|add)|^storage\.getUploadMetadata$|^PUT /

/** The HTTP services of CloudBase that setting up calls, on this machine. */
export async function startStandIn(): Promise<StandIn> {
  const cloud = new Cloud(ENV_ID, '7368-shop-1a2b3c-1250000001')
  const management = managementActions(cloud)
  const service = serviceActions(cloud, () => listening.url)
  const listening = await listen(handle, { port: 0 })
  const standIn: StandIn = {
    cloud,
    urls: { management: `${listening.url}/`, service: `${listening.url}/admin` },
    calls: [],
    writes: [],
    fault: undefined,
    sessionToken: undefined,
    close: () => listening.close(),
  }
  return standIn

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, 8 * 1024 * 1024)
    const path = new URL(request.url ?? '', listening.url).pathname
    if (path === '/') return manage(request, body.toString(), response)
    if (path === '/admin') return serve(request, body.toString(), response)
    return store(request, path.slice('/files/'.length), body, response)
  }

  /** Makes the call, unless it is the one to be struck. */
  async function make<T>(name: string, effect: () => T): Promise<Awaited<T>> {
    standIn.calls.push(name)
    const strike = WRITES.test(name) && standIn.writes.push(name) - 1 === standIn.fault?.at
    const when = strike ? standIn.fault?.when : undefined
    if (when === 'before') throw new Refusal('InternalError', 'struck')
    const result = await effect()
    if (when === 'after') throw new Refusal('InternalError', 'reply lost')
    return result
  }

  async function manage({ headers }: IncomingMessage, body: string, response: ServerResponse) {
    const name = String(headers['x-tc-action'])
    try {
      const refusal = tc3Refusal(headers, body, KEY)
      if (refusal !== undefined) throw new Refusal(refusal, `refused: ${headers.authorization}`)
      if (headers['x-tc-token'] !== standIn.sessionToken) {
        throw new Refusal('AuthFailure.TokenFailure', 'wrong token')
      }
      const reply = await make(name, () => management[name]!(JSON.parse(body)))
      json(response, { Response: { RequestId: 'r', ...reply } })
    } catch (error) {
      const { code, message } = error as Refusal
      json(response, { Response: { RequestId: 'r', Error: { Code: code, Message: message } } })
    }
  }

  async function serve({ headers }: IncomingMessage, body: string, response: ServerResponse) {
    const parameters = JSON.parse(body)
    try {
      const mine = headers.authorization?.startsWith(`TC3-HMAC-SHA256 Credential=${KEY.secretId}/`)
      const { envName, sessionToken } = parameters
      if (!mine || envName !== ENV_ID || sessionToken !== standIn.sessionToken) {
        throw new Refusal('SIGN_PARAM_INVALID', 'bad signature')
      }
      const reply = await make(parameters.action, () => service[parameters.action]!(parameters))
      json(response, { requestId: 'r', ...reply })
    } catch (error) {
      const { code, message } = error instanceof Refusal ? error : asDatabaseError(error)
      json(response, { requestId: 'r', code, message })
    }
  }

  async function store(
    { method }: IncomingMessage,
    path: string,
    content: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    try {
      if (method === 'PUT') await make('PUT file', () => cloud.files.set(path, content))
      response.end(method === 'GET' ? cloud.files.get(path) : undefined)
    } catch (error) {
      const { code, message } = error as Refusal
      response.statusCode = 500
      response.end(
        `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>r</RequestId><TraceId>t</TraceId></Error>`,
      )
    }
  }
}

function json(response: ServerResponse, content: object): void {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(content))
}
