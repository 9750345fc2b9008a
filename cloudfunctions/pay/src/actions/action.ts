import type { Order, PayAction, PayRequests } from '../../../../typings/contract'
import type { ShopperPorts } from '../ports'
import { orderNumber } from '../request'

/** One action of the function `pay`: how its request is read, and what it does. */
export interface Action<A extends PayAction> {
  /**
   * Reads the request: every field gets its type and form, unknown fields are dropped.
   * @throws ShopError BAD_REQUEST; ORDER_NOT_FOUND for an order number that cannot be one
   */
  read(data: unknown): PayRequests[A]
  /** @throws ShopError with what the shopper is told */
  run(ports: ShopperPorts, request: PayRequests[A]): Promise<Order>
}

interface OrderRequest {
  out_trade_no: string
}

/** Creates an action whose request is the number of an order, and nothing else. */
export function orderAction(run: (ports: ShopperPorts, request: OrderRequest) => Promise<Order>): {
  read(data: unknown): OrderRequest
  run: typeof run
} {
  return { read: (data) => ({ out_trade_no: orderNumber(data) }), run }
}
