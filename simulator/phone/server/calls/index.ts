import type { ClientFailure, FunctionError } from '../../../cloudbase/client-protocol'
import type { Call } from './call'
import { callFunction } from './call-function'
import { database } from './database'
import { confirmPayment, previewPayment } from './payment'
import { acceptMessages, findTemplates } from './subscribe'
import { tempFileURLs } from './temp-file-urls'

/**
 * The calls of the phone: `POST /api/<name>`, with the shopper's number in the header `x-shopper`. To
 * add a call, add a file in this folder and a line here; `callServer` in the runtime infers its types.
 */
export const calls = {
  callFunction,
  database,
  tempFileURLs,
  'payment/preview': previewPayment,
  'payment/confirm': confirmPayment,
  'subscribe/templates': findTemplates,
  'subscribe/accept': acceptMessages,
} satisfies Record<string, Call>

type Calls = typeof calls
export type CallName = keyof Calls

/** The request that the runtime sends; `{}` for a call without parameters. */
export type RequestOf<Name extends CallName> =
  Parameters<Calls[Name]> extends [infer Request extends object, ...unknown[]]
    ? Request
    : Record<string, never>

export type ReplyOf<Name extends CallName> = Awaited<ReturnType<Calls[Name]>>

/** The response to every call, with the errors of cloud functions. A refusal also has status 200. */
export type CallReply<Reply> = ({ reply: Reply } | { failure: ClientFailure }) & {
  errors: FunctionError[]
}
