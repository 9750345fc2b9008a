import type { PayErrorCode } from '../../../typings/contract'
import { publishError } from './publish-error'

/** An error whose message is shown to the shopper: in Chinese, without secrets. */
export class ShopError extends Error {
  constructor(
    readonly error: PayErrorCode,
    message: string,
    /** WeChat Pay's code, if WeChat refused */
    readonly err_code?: string,
    /** a code for the log, not for the shopper */
    readonly why?: string,
  ) {
    super(message)
  }
}

/** One mistake in a function's configuration. Never contains a configured value. */
export interface ConfigProblem {
  /** as in config/example.js; undefined if the whole file is meant */
  setting: string | undefined
  problem: string
  fix: string
}

/** The deployer's configuration is missing or wrong. The message is English, for the deployer. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map((one) => `${describe(one)} → ${one.fix}`).join('\n'))
  }
}

const describe = ({ setting, problem }: ConfigProblem) =>
  `${setting === undefined ? 'config/index.js' : setting}: ${problem}`

/** The order does not exist, is another shopper's, or its number is malformed: all look the same. */
export const orderNotFound = () => new ShopError('ORDER_NOT_FOUND', '找不到订单')

/** The outcome is unknown. The page queries again later and never asks for a second payment. */
export const unknownOutcome = (why?: string) =>
  new ShopError('UNKNOWN', '暂时无法确认结果，请稍后再看', undefined, why)

/** The shop cannot take money. Only the log says why: it is for the deployer. */
export const notConfigured = (why: string) =>
  new ShopError('NOT_CONFIGURED', '暂时不能支付，请联系商家', undefined, why)

export const notAllowedNow = (message: string) => new ShopError('NOT_ALLOWED_NOW', message)

/**
 * Converts any error to one that may be shown, and publishes one that is not the shop's own. `why`
 * identifies the original, without its message.
 */
export function asShopError(error: unknown): ShopError {
  if (error instanceof ShopError) return error
  if (error instanceof ConfigError) return notConfigured(error.problems.map(describe).join('; '))
  publishError(error)
  if (typeof error === 'object' && error !== null && 'errCode' in error) {
    return unknownOutcome(String(error.errCode))
  }
  return unknownOutcome(nameAndPlace(error))
}

/** The build's id, such as `pay-3f2a91c0`. Only what `npm run build` writes has one. */
declare const BUILD: string

/**
 * Returns an unknown error for the log, without its message: its name, the place in the function's
 * code where it was thrown, and the build, such as `TypeError at index.js:1:2345 of pay-3f2a91c0`.
 * `npm run where` finds the place in the sources.
 */
export function nameAndPlace(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const build = typeof BUILD === 'undefined' ? '' : ` of ${BUILD}`
  return `${error.name}${placeOf(error)}${build}`
}

/** The first frame of a stack that is not inside Node: the file without its folders, line, column. */
const FRAME = /^ +at (?!.*\bnode:)(?:.*[\\/( ])?([^\\/( ]+:\d+:\d+)\)?$/m

function placeOf({ stack = '' }: Error): string {
  const place = FRAME.exec(stack)?.[1]
  return place === undefined ? '' : ` at ${place}`
}

/** Returns the code of an error, for the log. */
export function reasonOf(error: unknown): string {
  const { error: code, err_code, why = err_code } = asShopError(error)
  return why === undefined ? code : `${code} ${why}`
}
