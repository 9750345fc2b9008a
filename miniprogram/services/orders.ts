import type { MerchantRefunds, Order, Refund } from '../../typings/contract'
import { unreachable } from './errors'

/** The most documents that a query from the phone returns (CloudBase: Collection.limit). */
export const PAGE_SIZE = 20

type Shown =
  | 'out_trade_no'
  | 'body'
  | 'total_fee'
  | 'status'
  | 'prepay_id'
  | 'close_requested_at'
  | 'closed_at'
  | 'anomaly'
  | 'created_at'
  | 'rev'

type ShownOfRefund = 'state' | 'refund_fee'
type ShownOfMerchantRefunds = 'refunded' | 'in_flight'

/** The fields of an order that the order list reads. */
export type OrderRow = Pick<Order, Shown> & {
  refund?: Pick<Refund, ShownOfRefund>
  merchant_refunds?: Pick<MerchantRefunds, ShownOfMerchantRefunds>
}

type Field = Shown | `refund.${ShownOfRefund}` | `merchant_refunds.${ShownOfMerchantRefunds}`

const FIELDS: Record<Field, true> = {
  out_trade_no: true,
  body: true,
  total_fee: true,
  status: true,
  prepay_id: true,
  close_requested_at: true,
  closed_at: true,
  anomaly: true,
  created_at: true,
  rev: true,
  'refund.state': true,
  'refund.refund_fee': true,
  'merchant_refunds.refunded': true,
  'merchant_refunds.in_flight': true,
}

/**
 * Reads one page of the shopper's own orders that are not hidden and were made before `before` (ms),
 * newest first. Fewer than PAGE_SIZE orders mean that there are no older ones.
 *
 * The collection's security rule allows only queries with `_openid: '{openid}'`, which CloudBase
 * replaces by the caller's openid (CloudBase: security rules).
 * @throws PayError UNKNOWN
 */
export async function ordersBefore(before: number): Promise<OrderRow[]> {
  try {
    const db = wx.cloud.database()
    const found = await db
      .collection('orders')
      .where({ _openid: '{openid}', hidden: false, created_at: db.command.lt(before) })
      .orderBy('created_at', 'desc')
      .limit(PAGE_SIZE)
      .field(FIELDS)
      .get()
    return found.data as OrderRow[]
  } catch (cause) {
    throw await unreachable(cause)
  }
}
