import type { IncomingMessage } from 'node:http'
import type { ClientFailure, FunctionError } from '../../cloudbase/client-protocol'
import { readBody } from '../../kit/http'
import { BadRequestError } from './bad-request'
import { calls, type CallReply, type CallName } from './calls'
import type { Call } from './calls/call'
import type { PhoneServices } from './services'

const MAX_BYTES = 1024 * 1024

/**
 * Handles `POST /api/<name>`.
 * @throws BadRequestError
 */
export async function replyToCall(
  services: PhoneServices,
  name: string,
  request: IncomingMessage,
): Promise<CallReply<unknown>> {
  if (!isCall(name)) throw new BadRequestError(404, `There is no call ${name}`)
  if (request.method !== 'POST') throw new BadRequestError(405, 'Only POST is answered here')
  if (request.headers['content-type'] !== 'application/json') {
    throw new BadRequestError(415, 'content-type must be application/json')
  }
  const call: Call = calls[name]
  const body = parse((await readBody(request, MAX_BYTES)).toString())
  const openid = services.openidOf(shopperOf(request))
  const errors: FunctionError[] = []
  const report = (error: FunctionError) => void errors.push(error)
  try {
    return { reply: await call(body as never, { openid, services, report }), errors }
  } catch (error) {
    if (!isClientFailure(error)) throw error
    return { failure: { errCode: error.errCode, errMsg: error.errMsg }, errors }
  }
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Text that is not JSON gets the same answer.
  }
  throw new BadRequestError(400, 'The body must be a JSON object')
}

function shopperOf({ headers }: IncomingMessage): number {
  const shopper = headers['x-shopper'] ?? '1'
  if (typeof shopper === 'string' && /^[1-9]$/.test(shopper)) return Number(shopper)
  throw new BadRequestError(400, 'x-shopper must be 1 to 9')
}

function isClientFailure(error: unknown): error is ClientFailure {
  return typeof error === 'object' && error !== null && 'errCode' in error && 'errMsg' in error
}
