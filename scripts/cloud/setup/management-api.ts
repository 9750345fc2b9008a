import { sign } from '@cloudbase/signature-nodejs'
import type { Credentials } from './credentials'

/** A service refused a call, or could not be reached. */
export class ServiceError extends Error {
  constructor(
    /** the service's own code, or one of ours, such as NETWORK */
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/**
 * Calls an action of CloudBase's management API. Returns its reply without the envelope.
 * @throws ServiceError
 */
export type ManagementApi = <Reply>(action: string, parameters: object) => Promise<Reply>

const MANAGEMENT_URL = 'https://tcb.tencentcloudapi.com'

/** How long a call may take, in ms. */
const TIME_LIMIT = 30_000

interface Envelope {
  Response?: { Error?: { Code: string; Message: string } }
}

/**
 * Creates a client of Tencent Cloud's API 3.0 for CloudBase (cloud.tencent.com/document/api/876), signed with
 * TC3-HMAC-SHA256. Actions and replies follow its documentation; real replies were never seen.
 */
export function managementApi(
  { secretId, secretKey, sessionToken }: Credentials,
  { region, url = MANAGEMENT_URL }: { region: string; url?: string | undefined },
): ManagementApi {
  return async <Reply>(action: string, parameters: object) => {
    const timestamp = Math.floor(Date.now() / 1000)
    const contentType = 'application/json'
    const { authorization } = sign({
      secretId,
      secretKey,
      method: 'POST',
      url,
      headers: { 'content-type': contentType, host: new URL(url).host },
      params: parameters,
      timestamp,
      service: 'tcb',
      isCloudApi: true,
    })
    const { Response: reply } = await post(url, JSON.stringify(parameters), {
      'content-type': contentType,
      authorization,
      'x-tc-action': action,
      'x-tc-region': region,
      'x-tc-timestamp': String(timestamp),
      'x-tc-version': '2018-06-08',
      ...(sessionToken === undefined ? {} : { 'x-tc-token': sessionToken }),
    })
    if (reply === undefined) throw new ServiceError('NO_REPLY', `${action} was not answered.`)
    if (reply.Error !== undefined) throw new ServiceError(reply.Error.Code, reply.Error.Message)
    return reply as Reply
  }
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Envelope> {
  const signal = AbortSignal.timeout(TIME_LIMIT)
  try {
    const response = await fetch(url, { method: 'POST', body, headers, signal })
    return (await response.json()) as Envelope
  } catch (error) {
    const { message, cause } = error as Error
    const why = cause instanceof Error ? cause.message : message
    throw new ServiceError('NETWORK', `${new URL(url).host}: ${why}`)
  }
}
