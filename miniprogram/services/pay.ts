import type { Order, PayAction, PayReply, PayRequests } from '../../typings/contract'
import { PayError, unreachable } from './errors'

/** The order after an action, and the server's time (ms). */
export interface OrderReply {
  order: Order
  now: number
}

/**
 * Calls one action of the cloud function `pay`.
 * @throws PayError with the function's error, or UNKNOWN when there was no reply
 */
export async function pay<A extends PayAction>(type: A, data: PayRequests[A]): Promise<OrderReply> {
  const reply = await callPay(type, data)
  if (reply.code === 0) return { order: reply.data, now: reply.now }
  throw new PayError(reply.error, reply.message, reply.err_code)
}

async function callPay(type: PayAction, data: PayRequests[PayAction]): Promise<PayReply> {
  try {
    const { result } = await wx.cloud.callFunction({ name: 'pay', data: { type, data } })
    return result as PayReply
  } catch (cause) {
    throw await unreachable(cause)
  }
}
