import type { Order } from '../../typings/contract'
import { templateIds } from '../config'

type PaymentParameters = Required<
  Pick<
    WechatMiniprogram.RequestPaymentOption,
    'timeStamp' | 'nonceStr' | 'package' | 'signType' | 'paySign'
  >
>

/** What wx.requestPayment needs, or nothing when the order cannot be paid as it stands. */
export function paymentOf(order: Order): PaymentParameters | undefined {
  const { time_stamp, nonce_str, prepay_id, sign_type, sign } = order
  if (order.status !== 0 || order.close_requested_at) return undefined
  if (!time_stamp || !nonce_str || !prepay_id || !sign) return undefined
  return {
    timeStamp: time_stamp,
    nonceStr: nonce_str,
    package: `prepay_id=${prepay_id}`,
    signType: sign_type,
    paySign: sign,
  }
}

/** How the payment sheet ended, as the phone saw it: a reason to ask, never a proof. */
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
 * Asks whether messages about the order may be sent. Never rejects: no answer stops a payment.
 * Must be called in the tap's own call stack, before anything is awaited: WeChat refuses it
 * otherwise (wx.requestSubscribeMessage).
 */
export async function askToSendMessages(): Promise<void> {
  if (templateIds.length === 0) return
  try {
    await wx.requestSubscribeMessage({ tmplIds: templateIds })
  } catch {
    // the shopper will not be told, which the order itself makes up for
  }
}
