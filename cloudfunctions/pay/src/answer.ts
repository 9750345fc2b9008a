import type { Order, PayAction, PayReply, PayRequests } from '../../../typings/contract'
import { actionNames, actions, isAction } from './actions'
import { asShopError } from './errors'
import type { ShopperPorts } from './ports'
import { badRequest, field } from './request'

/** A request that was read: every field has its type and form. */
export interface PayRequest<A extends PayAction = PayAction> {
  type: A
  data: PayRequests[A]
}

/** The reply to a call, and what may be logged of it. */
export interface Answered {
  reply: PayReply
  /** undefined when the event could not be read */
  request?: PayRequest
  why?: string | undefined
}

/**
 * Answers one call of a shopper. Never rejects.
 * @param ports a function, since creating them can fail as well
 */
export async function answer(ports: () => ShopperPorts, event: unknown): Promise<Answered> {
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

/** @throws ShopError BAD_REQUEST; ORDER_NOT_FOUND for an order number that cannot be one */
function readRequest(event: unknown): PayRequest {
  const type = field(event, 'type')
  if (!isAction(type)) {
    throw badRequest(`type 应为 ${actionNames.slice(0, -1).join('、')} 或 ${actionNames.at(-1)}`)
  }
  return { type, data: actions[type].read(field(event, 'data')) }
}

function run<A extends PayAction>(
  ports: ShopperPorts,
  { type, data }: PayRequest<A>,
): Promise<Order> {
  return actions[type].run(ports, data)
}
