import type { PayErrorCode } from '../../../typings/contract'

/** Something that the shopper is told. Its message is Chinese and holds nothing secret. */
export class ShopError extends Error {
  constructor(
    readonly error: PayErrorCode,
    message: string,
    /** WeChat Pay's own code, when the refusal is WeChat's */
    readonly err_code?: string,
    /** a code for the log, not for the shopper */
    readonly why?: string,
  ) {
    super(message)
  }
}

/** No such order, somebody else's, or a malformed number: nobody can tell which. */
export const orderNotFound = () => new ShopError('ORDER_NOT_FOUND', '找不到订单')

/** What happened is not known. The page asks again later and never asks to pay again. */
export const unknownOutcome = (why?: string) =>
  new ShopError('UNKNOWN', '暂时无法确认结果，请稍后再看', undefined, why)

export const notAllowedNow = (message: string) => new ShopError('NOT_ALLOWED_NOW', message)

/** Any error as one that may be told; what it was stays in `why`, without its message. */
export function asShopError(error: unknown): ShopError {
  if (error instanceof ShopError) return error
  if (typeof error === 'object' && error !== null && 'errCode' in error) {
    return unknownOutcome(String(error.errCode))
  }
  return unknownOutcome(error instanceof Error ? `${error.name}${placeOf(error)}` : typeof error)
}

/** Where an error was thrown: the first frame of its stack, which holds a place and no data. */
function placeOf({ stack = '' }: Error): string {
  return / at [^\n]*:\d+:\d+\)?$/m.exec(stack)?.[0] ?? ''
}

/** The code of an error, for the log. */
export function reasonOf(error: unknown): string {
  const { error: code, err_code, why = err_code } = asShopError(error)
  return why === undefined ? code : `${code} ${why}`
}
