import type { PayReply } from '../../../typings/contract'
import { caller, type Caller } from './adapters/cloud'
import { log, setup, shopperPorts } from './adapters/setup'
import { notConfigured, orderNotFound } from './errors'
import { handleCall } from './handle-call'
import type { ShopperPorts } from './ports'

/**
 * Handles a call of the composite function `pay`: identifies the caller, then handles it (handle-call.ts).
 * @param event `{type, data}`, see PayRequests
 * @returns `{code: 0, data, now}` with the stored order and the server's time (ms), or
 * `{code: 1, error, message}`
 */
export async function main(event: unknown): Promise<PayReply> {
  const who = caller()
  const started = Date.now()
  const { reply, request, why } = await handleCall(() => portsOf(who), event)
  log({
    action: request?.type,
    outcome: reply.code === 0 ? 'ok' : reply.error,
    why,
    out_trade_no: request && 'out_trade_no' in request.data ? request.data.out_trade_no : undefined,
    ms: Date.now() - started,
  })
  return reply
}

/** @throws ShopError if the call has no user, or its user is from another mini program */
function portsOf({ openid, appid }: Caller): ShopperPorts {
  const { settings } = setup().config
  if (!openid) throw orderNotFound()
  if (appid === settings.appid) return shopperPorts(openid)
  throw notConfigured('APPID: is not the id of the mini program that calls')
}
