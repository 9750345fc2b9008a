import type { IncomingMessage } from 'node:http'
import type { ClientFailure } from '../../cloudbase/client-protocol'
import { readBody } from '../../kit/http'
import type { PhoneBackend } from './services'
import type { Answer, PhoneCalls } from '../protocol/program'

type Call<Name extends keyof PhoneCalls> = (
  backend: PhoneBackend,
  shopper: number,
  request: PhoneCalls[Name]['request'],
) => Promise<PhoneCalls[Name]['reply']>

const calls: { [Name in keyof PhoneCalls]: Call<Name> } = {
  callFunction: (backend, shopper, { name, data }) => backend.callFunction(shopper, name, data),
  database: (backend, shopper, request) => backend.database(shopper, request),
  tempFileURLs: (backend, shopper, { fileIDs }) => backend.tempFileURLs(shopper, strings(fileIDs)),
  'payment/preview': (backend, shopper, params) => backend.previewPayment(shopper, params),
  'payment/confirm': (backend, shopper, params) => backend.confirmPayment(shopper, params),
  'subscribe/templates': async (backend, _, { ids }) => backend.subscribeTemplates(strings(ids)),
  'subscribe/accept': async (backend, shopper, { ids }) => {
    await backend.acceptSubscription(shopper, strings(ids))
    return null
  },
}

const MOST_BYTES = 1024 * 1024

/** A request that no phone sends: `status` is its answer. */
export class BadRequestError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Answers `POST /api/<name>`.
 * @throws BadRequestError
 */
export async function answerCall(
  backend: PhoneBackend,
  name: string,
  request: IncomingMessage,
): Promise<Answer<unknown>> {
  if (!isCall(name)) throw new BadRequestError(404, `There is no call ${name}`)
  if (request.method !== 'POST') throw new BadRequestError(405, 'Only POST is answered here')
  if (request.headers['content-type'] !== 'application/json') {
    throw new BadRequestError(415, 'content-type must be application/json')
  }
  const call = calls[name] as Call<keyof PhoneCalls>
  const body = parse((await readBody(request, MOST_BYTES)).toString())
  try {
    return { reply: await call(backend, shopperOf(request), body) }
  } catch (error) {
    if (isClientFailure(error)) return { failure: { errCode: error.errCode, errMsg: error.errMsg } }
    throw error
  }
}

function isCall(name: string): name is keyof PhoneCalls {
  return Object.hasOwn(calls, name)
}

function parse(text: string): PhoneCalls[keyof PhoneCalls]['request'] & object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as never
  } catch {
    // not JSON at all: the same answer
  }
  throw new BadRequestError(400, 'The body must be a JSON object')
}

function shopperOf({ headers }: IncomingMessage): number {
  const shopper = headers['x-shopper'] ?? '1'
  if (typeof shopper === 'string' && /^[1-9]$/.test(shopper)) return Number(shopper)
  throw new BadRequestError(400, 'x-shopper must be 1 to 9')
}

function strings(value: unknown): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new BadRequestError(400, 'A list of strings is expected')
}

function isClientFailure(error: unknown): error is ClientFailure {
  return typeof error === 'object' && error !== null && 'errCode' in error && 'errMsg' in error
}
