import type { Order } from '../../typings/contract'
import { templateIds } from '../config'
import { STATUS } from '../services/status'

type PaymentParameters = Required<
  Pick<
    WechatMiniprogram.RequestPaymentOption,
    'timeStamp' | 'nonceStr' | 'package' | 'signType' | 'paySign'
  >
>

/** Returns the parameters of wx.requestPayment, or undefined when the order cannot be paid. */
export function paymentOf(order: Order): PaymentParameters | undefined {
  const { time_stamp, nonce_str, prepay_id, sign_type, sign } = order
  if (order.status !== STATUS.UNPAID || order.close_requested_at) return undefined
  if (!time_stamp || !nonce_str || !prepay_id || !sign) return undefined
  return {
    timeStamp: time_stamp,
    nonceStr: nonce_str,
    package: `prepay_id=${prepay_id}`,
    signType: sign_type,
    paySign: sign,
  }
}

/** How the payment sheet was closed. It proves nothing: the order must be queried afterwards. */
export type SheetResult =
  | { ended: 'paid' }
  | { ended: 'cancelled' }
  | { ended: 'failed'; reason: string }

/** Opens WeChat's payment sheet. Never rejects. */
export async function openPaymentSheet(payment: PaymentParameters): Promise<SheetResult> {
  try {
    await wx.requestPayment(payment)
    return { ended: 'paid' }
  } catch (cause) {
    const { errMsg = '' } = Object(cause) as { errMsg?: string }
    const reason = errMsg.replace('requestPayment:fail', '').trim()
    return reason === 'cancel' ? { ended: 'cancelled' } : { ended: 'failed', reason }
  }
}

/**
 * Asks whether messages about the order may be sent. Never rejects: a refusal does not stop the
 * payment. Must be called in the tap's own call stack, before anything is awaited: otherwise WeChat
 * refuses the call (wx.requestSubscribeMessage).
 */
export async function askToSendMessages(): Promise<void> {
  if (templateIds.length === 0) return
  try {
    await wx.requestSubscribeMessage({ tmplIds: templateIds })
  } catch {
    // Without permission no message is sent. The order page shows the same information.
  }
}
