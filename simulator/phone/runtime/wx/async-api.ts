export type Options = Record<string, unknown>
export type Result = Record<string, unknown>

/** A failed call of wx.*: its `errMsg` becomes `<api>:fail <reason>`. */
export class ApiFailure extends Error {
  readonly more: Result

  constructor(reason: string, more: Result = {}) {
    super(reason)
    this.more = more
  }
}

/**
 * Creates an asynchronous function of wx: it calls the callbacks of its options if it has any, and
 * otherwise returns a promise (WeChat's framework reference, "异步 API 返回 Promise").
 * @param perform runs synchronously, so that `isTapping` still holds in a tap handler
 */
export function asyncApi(
  name: string,
  perform: (options: Options) => Result | void | Promise<Result | void>,
): (options?: Options) => Promise<Result> | undefined {
  return (options = {}) => settle(options, attempt(name, perform, options))
}

/** Passes an outcome to the callbacks of `options`, or returns it when it has none. */
export function settle<T>(options: Options, outcome: Promise<T>): Promise<T> | undefined {
  const { success, fail, complete } = options
  if (![success, fail, complete].some((callback) => typeof callback === 'function')) return outcome
  const call = (callback: unknown, value: unknown) => {
    if (typeof callback === 'function') callback(value)
  }
  void outcome.then(
    (value) => {
      call(success, value)
      call(complete, value)
    },
    (reason: unknown) => {
      call(fail, reason)
      call(complete, reason)
    },
  )
  return undefined
}

async function attempt(
  name: string,
  perform: (options: Options) => Result | void | Promise<Result | void>,
  options: Options,
): Promise<Result> {
  try {
    return { errMsg: `${name}:ok`, ...(await perform(options)) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const more = error instanceof ApiFailure ? error.more : {}
    // WeChat rejects with a plain object.
    // oxlint-disable-next-line typescript/only-throw-error
    throw { errMsg: `${name}:fail ${reason}`, ...more }
  }
}

/** Returns an option. @throws ApiFailure unless it is a string, or missing with a fallback */
export function stringOption(options: Options, key: string, fallback?: string): string {
  const value = options[key] ?? fallback
  if (typeof value === 'string') return value
  throw parameterError(key, 'String', value)
}

/** Returns an option. @throws ApiFailure unless it is a number, or missing with a fallback */
export function numberOption(options: Options, key: string, fallback?: number): number {
  const value = options[key] ?? fallback
  if (typeof value === 'number') return value
  throw parameterError(key, 'Number', value)
}

/** Returns an option. @throws ApiFailure unless it is an array of strings */
export function stringsOption(options: Options, key: string): string[] {
  const value = options[key]
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw parameterError(key, 'Array', value)
}

function parameterError(key: string, expected: string, value: unknown): ApiFailure {
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  const text = `parameter.${key} should be ${expected} instead of ${kind};`
  return new ApiFailure(`parameter error: ${text}`)
}
