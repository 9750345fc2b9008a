import type { Order, PayReply } from '../../../typings/contract'
import { closeorder } from './actions/closeorder'
import { deleteorder } from './actions/deleteorder'
import { orderquery } from './actions/orderquery'
import { payorder } from './actions/payorder'
import { queryrefund } from './actions/queryrefund'
import { refund } from './actions/refund'
import { unifiedorder } from './actions/unifiedorder'
import { asShopError } from './errors'
import type { ShopperPorts } from './ports'
import { readRequest, type PayRequest } from './request'

/** The reply to a call, and what may be logged of it. */
export interface Answered {
  reply: PayReply
  /** undefined when the event was refused at the door */
  request?: PayRequest
  why?: string | undefined
}

/**
 * Answers one call of a shopper: one switch on `type`. Never rejects.
 * @param ports a function, since making them can fail as well
 */
export async function answer(ports: () => ShopperPorts, event: unknown): Promise<Answered> {
  let request: PayRequest | undefined
  try {
    const shopper = ports()
    request = readRequest(event)
    const data = await act(shopper, request)
    return { request, reply: { code: 0, data, now: shopper.now() } }
  } catch (thrown) {
    const { error, message, err_code, why = err_code } = asShopError(thrown)
    const reply: PayReply = { code: 1, error, message, ...(err_code && { err_code }) }
    return { ...(request && { request }), reply, why }
  }
}

function act(ports: ShopperPorts, request: PayRequest): Promise<Order> {
  switch (request.type) {
    case 'unifiedorder':
      return unifiedorder(ports, request.data)
    case 'orderquery':
      return orderquery(ports, request.data)
    case 'payorder':
      return payorder(ports, request.data)
    case 'closeorder':
      return closeorder(ports, request.data)
    case 'refund':
      return refund(ports, request.data)
    case 'queryrefund':
      return queryrefund(ports, request.data)
    case 'deleteorder':
      return deleteorder(ports, request.data)
  }
}
