import type { PaymentParams, PaymentProblem } from '../services'
import type { Caller } from './call'

/** A payment that WeChat refuses: `reason` is shown on a phone, `detail` is the cause. */
export interface PaymentRefusal {
  ok: false
  reason: string
  detail: string
}

/** Returns the content of the payment sheet, or why it does not open (wx.requestPayment). */
export async function previewPayment(params: PaymentParams, { openid, services }: Caller) {
  return forPhone(await services.payer.preview(openid, params))
}

/** Pays the order, after the shopper has confirmed in the payment sheet. */
export async function confirmPayment(params: PaymentParams, { openid, services }: Caller) {
  return forPhone(await services.payer.confirm(openid, params))
}

/** Renames the fields: the phone shows the code, as WeChat does, and the cause for developers. */
function forPhone<Paid extends { ok: true }>(found: Paid | PaymentProblem): Paid | PaymentRefusal {
  return found.ok ? found : { ok: false, reason: found.code, detail: found.reason }
}
