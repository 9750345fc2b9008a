import type { PayErrorCode } from '../../typings/contract'

/** Every way in which a service can fail. `message` is for the shopper. */
export class PayError extends Error {
  constructor(
    readonly error: PayErrorCode,
    message: string,
    /** the code of WeChat Pay or of CloudBase, when there is one */
    readonly err_code?: string,
    /** the phone has no network */
    readonly offline = false,
  ) {
    super(message)
  }
}

/**
 * The error for a call of wx.cloud that was rejected: the request may have arrived all the same,
 * so its outcome is unknown. wx.cloud rejects with `{errCode, errMsg}`.
 */
export async function unreachable(cause: unknown): Promise<PayError> {
  const { errCode } = Object(cause) as { errCode?: number }
  const slow = new PayError('UNKNOWN', '网络不太顺畅，请稍后重试', errCode?.toString())
  return (await offlineError()) ?? slow
}

/** The error when the phone has no network; undefined when it has one. */
export async function offlineError(): Promise<PayError | undefined> {
  const { networkType } = await wx.getNetworkType()
  if (networkType !== 'none') return undefined
  return new PayError('UNKNOWN', '没有网络，请检查网络设置', undefined, true)
}

/** What a page shows of a failure: a sentence, and small beneath it a code that may be empty. */
export interface Failure {
  message: string
  code: string
  /** the phone has no network: it is tried again once there is one */
  offline: boolean
}

/** WeChat's refusals (WeChat Pay V2: unifiedorder, refund) in a shopper's words. */
const REFUSALS: Readonly<Record<string, string>> = {
  NOTENOUGH: '商家账户余额不足，请联系商家',
  USER_ACCOUNT_ABNORMAL: '收款账户有问题，请联系商家',
  TRADE_OVERDUE: '付款已超过一年，请联系商家',
  ORDERCLOSED: '订单已关闭，请重新下单',
  ORDERPAID: '订单已经支付过了',
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof PayError)) {
    return { message: '出错了，请稍后重试', code: '', offline: false }
  }
  const { message, err_code = '', offline } = error
  if (error.error !== 'WECHAT_PAY_REFUSED') return { message, code: err_code, offline }
  const known = REFUSALS[err_code]
  return known
    ? { message: known, code: err_code, offline }
    : { message: '微信没有受理，请联系商家', code: `${err_code} ${message}`, offline }
}
