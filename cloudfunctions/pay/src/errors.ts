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

/** One thing that is wrong with a function's configuration. Never holds a value of it. */
export interface ConfigProblem {
  /** as in config/example.js; undefined for the file as a whole */
  key: string | undefined
  problem: string
  fix: string
}

/** The deployer's configuration is missing or wrong. The message is English, for the deployer. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map((one) => `${describe(one)} → ${one.fix}`).join('\n'))
  }
}

const describe = ({ key, problem }: ConfigProblem) =>
  `${key === undefined ? 'config/index.js' : key}: ${problem}`

/** No such order, somebody else's, or a malformed number: nobody can tell which. */
export const orderNotFound = () => new ShopError('ORDER_NOT_FOUND', '找不到订单')

/** What happened is not known. The page asks again later and never asks to pay again. */
export const unknownOutcome = (why?: string) =>
  new ShopError('UNKNOWN', '暂时无法确认结果，请稍后再看', undefined, why)

/** The shop cannot take money. What is wrong is for the deployer's log alone. */
export const notConfigured = (why: string) =>
  new ShopError('NOT_CONFIGURED', '暂时不能支付，请联系商家', undefined, why)

export const notAllowedNow = (message: string) => new ShopError('NOT_ALLOWED_NOW', message)

/** Any error as one that may be told; what it was stays in `why`, without its message. */
export function asShopError(error: unknown): ShopError {
  if (error instanceof ShopError) return error
  if (error instanceof ConfigError) return notConfigured(error.problems.map(describe).join('; '))
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
