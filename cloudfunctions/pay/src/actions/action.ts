import type { Order, PayAction, PayRequests } from '../../../../typings/contract'
import type { ShopperPorts } from '../ports'
import { orderNumber } from '../request'

/** An action of the function `pay`: reads its request, then runs it. */
export interface Action<A extends PayAction> {
  /**
   * Reads the request: checks the type and format of every field, and drops unknown fields.
   * @throws ShopError BAD_REQUEST; ORDER_NOT_FOUND for a malformed order number
   */
  read(data: unknown): PayRequests[A]
  /** @throws ShopError whose message is shown to the shopper */
  run(ports: ShopperPorts, request: PayRequests[A]): Promise<Order>
}

interface OrderRequest {
  out_trade_no: string
}

/** Creates an action whose request is only an order number. */
export function orderAction(run: (ports: ShopperPorts, request: OrderRequest) => Promise<Order>): {
  read(data: unknown): OrderRequest
  run: typeof run
} {
  return { read: (data) => ({ out_trade_no: orderNumber(data) }), run }
}
