import type { Order, PayAction, PayReply, PayRequests } from '../../../typings/contract'
import { ACTION_NAMES, actions, isAction } from './actions'
import { asShopError } from './errors'
import type { ShopperPorts } from './ports'
import { badRequest, field } from './request'

/** A request whose fields have been checked. */
export interface PayRequest<A extends PayAction = PayAction> {
  type: A
  data: PayRequests[A]
}

/** The reply to a call, and what may be logged about it. */
export interface HandledCall {
  reply: PayReply
  /** undefined if the event could not be read */
  request?: PayRequest
  /** a code for the log: why the call failed */
  why?: string | undefined
}

/**
 * Handles one call of a shopper. Never rejects.
 * @param ports creates the ports, which can fail too
 */
export async function handleCall(ports: () => ShopperPorts, event: unknown): Promise<HandledCall> {
  let request: PayRequest | undefined
  try {
    const shopper = ports()
    request = readRequest(event)
    const data = await run(shopper, request)
    return { request, reply: { code: 0, data, now: shopper.now() } }
  } catch (thrown) {
    const { error, message, err_code, why = err_code } = asShopError(thrown)
    const reply: PayReply = { code: 1, error, message, ...(err_code && { err_code }) }
    return { ...(request && { request }), reply, why }
  }
}

/** @throws ShopError BAD_REQUEST; ORDER_NOT_FOUND for a malformed order number */
function readRequest(event: unknown): PayRequest {
  const type = field(event, 'type')
  if (!isAction(type)) {
    throw badRequest(`type 应为 ${ACTION_NAMES.slice(0, -1).join('、')} 或 ${ACTION_NAMES.at(-1)}`)
  }
  return { type, data: actions[type].read(field(event, 'data')) }
}

function run<A extends PayAction>(
  ports: ShopperPorts,
  { type, data }: PayRequest<A>,
): Promise<Order> {
  return actions[type].run(ports, data)
}
