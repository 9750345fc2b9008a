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
  const { networkType } = await wx.getNetworkType()
  if (networkType === 'none') {
    return new PayError('UNKNOWN', '没有网络，请检查网络设置', undefined, true)
  }
  const { errCode } = Object(cause) as { errCode?: number }
  return new PayError('UNKNOWN', '网络不太顺畅，请稍后重试', errCode?.toString())
}

/** What a page shows of a failure: a sentence, and small beneath it a code that may be empty. */
export interface Failure {
  message: string
  code: string
  /** the phone has no network: it is tried again once there is one */
  offline: boolean
}

export function failureOf(error: unknown): Failure {
  if (error instanceof PayError) {
    const { message, err_code = '', offline } = error
    return { message, code: err_code, offline }
  }
  return { message: '出错了，请稍后重试', code: '', offline: false }
}
