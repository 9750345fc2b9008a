import type { PayErrorCode } from '../../../typings/contract'

/** Whether a call can cause the error. The compiler checks that no code is missing. */
const CODES: Readonly<Record<PayErrorCode, boolean>> = {
  BAD_REQUEST: true,
  ORDER_NOT_FOUND: true,
  GOODS_NOT_FOUND: true,
  GOODS_NOT_FOR_SALE: true,
  TOO_MANY_UNPAID: true,
  KEY_REUSED: true,
  NOT_ALLOWED_NOW: true,
  REFUND_PERIOD_OVER: true,
  WECHAT_PAY_REFUSED: true,
  UNKNOWN: true,
  // Only a missing configuration causes it.
  NOT_CONFIGURED: false,
}

/** Every error code that a configured shop can reply. */
export const PAY_ERRORS: readonly string[] = Object.entries(CODES)
  .filter(([, possible]) => possible)
  .map(([code]) => code)
