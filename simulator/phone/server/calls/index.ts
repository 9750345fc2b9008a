import type { ClientFailure } from '../../../cloudbase/client-protocol'
import type { Call } from './call'
import { callFunction } from './call-function'
import { database } from './database'
import { confirmPayment, previewPayment } from './payment'
import { acceptMessages, findTemplates } from './subscribe'
import { tempFileURLs } from './temp-file-urls'

/**
 * The calls of the phone: `POST /api/<name>`, the shopper's number in the header `x-shopper`. A new
 * call is a file in this folder and a line here; the runtime's `ask` takes its types from them.
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

/** What the runtime sends; `{}` for a call without parameters. */
export type RequestOf<Name extends CallName> =
  Parameters<Calls[Name]> extends [infer Request extends object, ...unknown[]]
    ? Request
    : Record<string, never>

export type ReplyOf<Name extends CallName> = Awaited<ReturnType<Calls[Name]>>

/** The answer to every call, always with status 200: a refusal is an answer too. */
export type CallReply<Reply> = { reply: Reply } | { failure: ClientFailure }
