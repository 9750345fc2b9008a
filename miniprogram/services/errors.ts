import type { PayErrorCode } from '../../typings/contract'

/** The error that every service throws. `message` is for the shopper. */
export class PayError extends Error {
  constructor(
    readonly error: PayErrorCode,
    message: string,
    /** the error code of WeChat Pay or of CloudBase, if any */
    readonly err_code?: string,
    /** the phone has no network */
    readonly offline = false,
  ) {
    super(message)
  }
}

/** What the shopper can do about an error code of CloudBase (云开发 → 错误码). */
const ADVICE: Readonly<Record<number, string>> = {
  // A request that got no reply.
  [-1]: '网络不太顺畅，请稍后重试',
  // A function that did not finish in time.
  [-504003]: '服务器太忙，请稍后重试',
  // Permissions that the merchant has set wrong.
  [-502003]: '商家的设置有误，请联系商家',
}

/**
 * Returns the error for a rejected call of wx.cloud. Its outcome is unknown: the request may have
 * arrived. wx.cloud rejects with `{errCode, errMsg}`.
 */
export async function unreachable(cause: unknown): Promise<PayError> {
  const { errCode } = Object(cause) as { errCode?: number }
  const error = new PayError('UNKNOWN', adviceOn(errCode), errCode?.toString())
  return (await offlineError()) ?? error
}

function adviceOn(errCode: number | undefined): string {
  if (errCode === undefined) return '出错了，请稍后重试'
  return ADVICE[errCode] ?? '服务器出错了，请稍后重试，还不行就联系商家'
}

/** Returns the error for a phone without a network, or undefined when there is a network. */
export async function offlineError(): Promise<PayError | undefined> {
  const { networkType } = await wx.getNetworkType()
  if (networkType !== 'none') return undefined
  return new PayError('UNKNOWN', '没有网络，请检查网络设置', undefined, true)
}

/** A failure as a page shows it: a sentence, and below it a code in small print, which may be empty. */
export interface Failure {
  message: string
  code: string
  /** the phone has no network: the page retries when it is back */
  offline: boolean
}

/** Texts for shoppers, by the error code of WeChat Pay V2 (unifiedorder, refund). */
const REFUSALS: Readonly<Record<string, string>> = {
  NOTENOUGH: '商家账户余额不足，请联系商家',
  USER_ACCOUNT_ABNORMAL: '收款账户有问题，请联系商家',
  TRADE_OVERDUE: '付款已超过一年，请联系商家',
  ORDERCLOSED: '订单已关闭，请重新下单',
  ORDERPAID: '订单已经支付过了',
}

/** Returns what a page shows for an error. */
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
