import type { PaymentParams, PaymentProblem } from '../services'
import type { Caller } from './call'

/** Why WeChat does not take a payment: `reason` as a phone says it, `detail` the cause. */
export interface PaymentRefusal {
  ok: false
  reason: string
  detail: string
}

/** Returns what the payment sheet shows, or why none opens (wx.requestPayment). */
export async function previewPayment(params: PaymentParams, { openid, services }: Caller) {
  return forPhone(await services.payer.preview(openid, params))
}

/** Pays the order, as the shopper confirms in the payment sheet. */
export async function confirmPayment(params: PaymentParams, { openid, services }: Caller) {
  return forPhone(await services.payer.confirm(openid, params))
}

/** Replaces the gateway's names: the phone shows a code, as WeChat does, and developers the cause. */
function forPhone<Paid extends { ok: true }>(found: Paid | PaymentProblem): Paid | PaymentRefusal {
  return found.ok ? found : { ok: false, reason: found.code, detail: found.reason }
}
