import type { PayErrorCode } from '../../../typings/contract'

/** True for what a call can bring about; the compiler sees to it that none is missing. */
const codes: Readonly<Record<PayErrorCode, boolean>> = {
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
  // the deployer's mistake
  NOT_CONFIGURED: false,
}

/** Every error that a call can end with in a shop that is configured. */
export const PAY_ERRORS: readonly string[] = Object.entries(codes)
  .filter(([, possible]) => possible)
  .map(([code]) => code)
