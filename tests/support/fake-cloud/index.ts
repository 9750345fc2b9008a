import type { IncomingMessage, ServerResponse } from 'node:http'
import { asDatabaseError } from '../../../simulator/cloudbase/errors'
import { listen, readBody } from '../../../simulator/kit/http'
import { CloudEnvironment } from './environment'
import { managementActions, Refusal } from './management'
import { serviceActions } from './service'
import { tc3Refusal } from './tc3'

export const KEY = { secretId: 'AKIDfakeSecretId', secretKey: 'fakeSecretKey' }
export const ENV_ID = 'shop-1a2b3c'

/** A failing call: `before` it takes effect, or `after`, so that only its reply is lost. */
export interface Fault {
  /** the index of the failing call among the writing calls, from 0 */
  at: number
  when: 'before' | 'after'
}

export interface FakeCloud {
  cloud: CloudEnvironment
  urls: { management: string; service: string }
  /** the name of every call so far, in order */
  calls: string[]
  /** the names of the calls that change something */
  writes: string[]
  fault: Fault | undefined
  /** the session token that calls must send when the key is a temporary one */
  sessionToken: string | undefined
  close(): Promise<void>
}

const WRITES =
  /^(Create|Update|Modify)|^database\.(insert|modify|remove|add)|^storage\.getUploadMetadata$|^PUT /

/** Starts a fake of the CloudBase services that setup:cloud calls, on this machine. */
export async function startFakeCloud(): Promise<FakeCloud> {
  const cloud = new CloudEnvironment(ENV_ID, '7368-shop-1a2b3c-1250000001')
  const management = managementActions(cloud)
  const service = serviceActions(cloud, () => listening.url)
  const listening = await listen(handle, { port: 0 })
  const fakeCloud: FakeCloud = {
    cloud,
    urls: { management: `${listening.url}/`, service: `${listening.url}/admin` },
    calls: [],
    writes: [],
    fault: undefined,
    sessionToken: undefined,
    close: () => listening.close(),
  }
  return fakeCloud

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, 8 * 1024 * 1024)
    const path = new URL(request.url ?? '', listening.url).pathname
    if (path === '/') return manage(request, body.toString(), response)
    if (path === '/admin') return serve(request, body.toString(), response)
    return store(request, path.slice('/files/'.length), body, response)
  }

  /** Records a call and applies its effect, unless the fault makes it fail. */
  async function applyCall<T>(name: string, effect: () => T): Promise<Awaited<T>> {
    fakeCloud.calls.push(name)
    const fails = WRITES.test(name) && fakeCloud.writes.push(name) - 1 === fakeCloud.fault?.at
    const when = fails ? fakeCloud.fault?.when : undefined
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
      if (headers['x-tc-token'] !== fakeCloud.sessionToken) {
        throw new Refusal('AuthFailure.TokenFailure', 'wrong token')
      }
      const reply = await applyCall(name, () => management[name]!(JSON.parse(body)))
      json(response, { Response: { RequestId: 'r', ...reply } })
    } catch (error) {
      const { code, message } = error as Refusal
      json(response, { Response: { RequestId: 'r', Error: { Code: code, Message: message } } })
    }
  }

  async function serve({ headers }: IncomingMessage, body: string, response: ServerResponse) {
    const parameters = JSON.parse(body)
    try {
      const isAuthorized = headers.authorization?.startsWith(
        `TC3-HMAC-SHA256 Credential=${KEY.secretId}/`,
      )
      const { envName, sessionToken } = parameters
      if (!isAuthorized || envName !== ENV_ID || sessionToken !== fakeCloud.sessionToken) {
        throw new Refusal('SIGN_PARAM_INVALID', 'bad signature')
      }
      const reply = await applyCall(parameters.action, () =>
        service[parameters.action]!(parameters),
      )
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
      if (method === 'PUT') await applyCall('PUT file', () => cloud.files.set(path, content))
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
