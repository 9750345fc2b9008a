import type { PayAction } from '../../typings/contract'
import { MINUTE, type Shop, type Shopper } from './shop'

/** Runs a call of an action, and measures what it needs. */
export type Measure = <T>(action: PayAction, call: () => Promise<T>) => Promise<T>

/**
 * Calls each action of `pay` once, in its usual case: a shopper orders, pays, gets a refund and deletes
 * the order, and cancels another one.
 */
export async function callEachAction(
  { simulator: { clock } }: Shop,
  shopper: Shopper,
  measure: Measure,
): Promise<void> {
  const order = await measure('unifiedorder', () => shopper.newOrder())
  const cancelled = await shopper.newOrder()
  await shopper.confirm(order)
  await measure('payorder', () => shopper.order('payorder', order))
  await measure('orderquery', () => shopper.order('orderquery', order))
  const { refund } = await measure('refund', () => shopper.order('refund', order))
  // WeChat pays refunds out, and closes orders that are not new
  clock.advance(6 * MINUTE)
  const { out_trade_no } = order
  const query = { out_trade_no, out_refund_no: refund!.out_refund_no }
  await measure('queryrefund', () => shopper.order('queryrefund', query))
  await measure('deleteorder', () => shopper.order('deleteorder', order))
  await measure('closeorder', () => shopper.order('closeorder', cancelled))
}
