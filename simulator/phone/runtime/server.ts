import { showCallNotice } from '../frame/call-notices'
import { currentShopper } from '../frame/shoppers'
import type { CallReply, CallName, ReplyOf, RequestOf } from '../server/calls'
import { noticeOfUnsent, noticesOf, RefusedRequest } from './call-notices'
import { simulateNetwork } from './network'

/** A failed call to the server: as in the real wx.cloud, an Error with code and message. */
export class CallFailure extends Error {
  readonly errCode: number
  readonly errMsg: string

  constructor(errCode: number, errMsg: string) {
    super(errMsg)
    this.errCode = errCode
    this.errMsg = errMsg
  }
}

/**
 * Calls the phone's server for this tab's shopper, over the phone's network. Whatever goes wrong is
 * shown to the developer too, with its true cause, which a real phone does not say.
 * @throws CallFailure for a refusal, and with errCode -1 without a network or a server
 */
export async function callServer<Name extends CallName>(
  name: Name,
  request: RequestOf<Name>,
): Promise<ReplyOf<Name>> {
  let callReply: CallReply<ReplyOf<Name>>
  try {
    await simulateNetwork()
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopper': String(currentShopper()) },
      body: JSON.stringify(request),
    })
    if (!response.ok) throw new RefusedRequest((await response.text()).trim())
    callReply = (await response.json()) as CallReply<ReplyOf<Name>>
  } catch (error) {
    showCallNotice(noticeOfUnsent(error))
    throw new CallFailure(
      -1,
      `request:fail ${error instanceof Error ? error.message : 'no answer'}`,
    )
  }
  noticesOf(callReply).forEach(showCallNotice)
  if ('failure' in callReply)
    throw new CallFailure(callReply.failure.errCode, callReply.failure.errMsg)
  return callReply.reply
}
