import type { Clock } from '../kit/clock'
import { type EndpointReply, fail } from './endpoint-reply'
import { handleRequest, type EndpointName } from './endpoints'
import type { Fault } from './faults'
import type { Ledger } from './ledger'
import type { Log } from './log'
import {
  type Account,
  formatReply,
  readRequest,
  rejection,
  replySignType,
  withSignature,
} from './protocol'
import { type Fields, XmlError } from './xml'

/** Everything that replies are built from. */
export interface ReplyContext {
  account: Account
  ledger: Ledger
  clock: Clock
  log: Log
}

/** Replies to the body of a request and logs it; `fault` can refuse the request or alter the reply. */
export function replyTo(
  name: EndpointName,
  body: Buffer,
  fault: Fault | undefined,
  context: ReplyContext,
): Fields {
  const { account, clock, log } = context
  const { request, endpointReply } = endpointReplyTo(name, body, fault, context)
  log({
    at: clock.now(),
    endpoint: name,
    ...(request.out_trade_no !== undefined && { out_trade_no: request.out_trade_no }),
    ...describe(endpointReply),
  })
  const type = replySignType(request)
  const reply = formatReply(endpointReply, account, type)
  if (fault?.kind !== 'alter') return reply
  const altered = fault.change(reply)
  return fault.resign ? withSignature(altered, account, type) : altered
}

function endpointReplyTo(
  name: EndpointName,
  body: Buffer,
  fault: Fault | undefined,
  { account, ledger }: ReplyContext,
): { request: Fields; endpointReply: EndpointReply } {
  try {
    const request = readRequest(body)
    const refused = fault?.kind === 'refuse' || fault?.kind === 'fail' ? fault : undefined
    const endpointReply =
      rejection(name, request, account) ?? refused ?? handleRequest(ledger, name, request)
    return { request, endpointReply }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return { request: {}, endpointReply: fail('XML格式错误', error.message) }
  }
}

function describe(reply: EndpointReply): { verdict: string; reason?: string } {
  switch (reply.kind) {
    case 'accept':
      return { verdict: 'SUCCESS' }
    case 'refuse':
      return { verdict: reply.err_code, reason: reply.err_code_des }
    case 'fail': {
      const { return_msg, reason } = reply
      return { verdict: 'FAIL', reason: reason ? `${return_msg}: ${reason}` : return_msg }
    }
  }
}
