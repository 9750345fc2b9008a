import type { Clock } from '../kit/clock'
import { type EndpointReply, fail } from './endpoint-reply'
import { answerRequest, type EndpointName } from './endpoints'
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

/** Answers the body of a request and logs it; `fault` can refuse the request or alter the reply. */
export function replyTo(
  name: EndpointName,
  body: Buffer,
  fault: Fault | undefined,
  context: ReplyContext,
): Fields {
  const { account, clock, log } = context
  const { request, answer } = answerTo(name, body, fault, context)
  log({
    at: clock.now(),
    endpoint: name,
    ...(request.out_trade_no !== undefined && { out_trade_no: request.out_trade_no }),
    ...describe(answer),
  })
  const type = replySignType(request)
  const reply = formatReply(answer, account, type)
  if (fault?.kind !== 'alter') return reply
  const altered = fault.change(reply)
  return fault.resign ? withSignature(altered, account, type) : altered
}

function answerTo(
  name: EndpointName,
  body: Buffer,
  fault: Fault | undefined,
  { account, ledger }: ReplyContext,
): { request: Fields; answer: EndpointReply } {
  try {
    const request = readRequest(body)
    const refused = fault?.kind === 'refuse' || fault?.kind === 'fail' ? fault : undefined
    const answer =
      rejection(name, request, account) ?? refused ?? answerRequest(ledger, name, request)
    return { request, answer }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    return { request: {}, answer: fail('XML格式错误', error.message) }
  }
}

function describe(answer: EndpointReply): { verdict: string; reason?: string } {
  switch (answer.kind) {
    case 'accept':
      return { verdict: 'SUCCESS' }
    case 'refuse':
      return { verdict: answer.err_code, reason: answer.err_code_des }
    case 'fail': {
      const { return_msg, reason } = answer
      return { verdict: 'FAIL', reason: reason ? `${return_msg}: ${reason}` : return_msg }
    }
  }
}
