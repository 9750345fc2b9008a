/**
 * CloudBase's error codes, with the numbers and texts that the phone reports for them
 * (developers.weixin.qq.com, 云开发 → 错误码). wx-server-sdk uses the same numbers, and -501001 for an
 * unknown code.
 */
const ERRORS = {
  INVALID_PARAM: [-501007, 'invalid parameters'],
  INVALID_REQUEST_SOURCE: [-501008, 'invalid request source'],
  DATABASE_REQUEST_FAILED: [-502001, 'database request fail'],
  DATABASE_INVALID_OPERRATOR: [-502002, 'database invalid command'],
  DATABASE_PERMISSION_DENIED: [-502003, 'database permission denied'],
  DATABASE_COLLECTION_NOT_EXIST: [-502005, 'database collection not exists'],
  DATABASE_TRANSACTION_CONFLICT: [-502001, 'database request fail'],
  DATABASE_TRANSACTION_FAIL: [-502001, 'database request fail'],
  STORAGE_FILE_NONEXIST: [-503003, 'storage file not exists'],
  FUNCTIONS_EXECUTE_FAIL: [-504002, 'functions execute fail'],
  FUNCTIONS_TIME_LIMIT_EXCEEDED: [-504003, 'functions time limit exceeded'],
  FUNCTION_NOT_FOUND: [-501000, 'function not found'],
} as const

export type ErrorCode = keyof typeof ERRORS

/** A refusal by CloudBase, with CloudBase's error code. */
export class CloudBaseError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message)
  }

  get errCode(): number {
    return ERRORS[this.code][0]
  }

  /** The number and text of the code, and this error's message. */
  get description(): string {
    const [errCode, text] = ERRORS[this.code]
    return `errCode: ${errCode} ${text} | errMsg: ${this.message}`
  }
}

/** Converts any error into a refusal by the database: mingo throws for a bad query or update. */
export function asDatabaseError(error: unknown): CloudBaseError {
  if (error instanceof CloudBaseError) return error
  return new CloudBaseError('DATABASE_REQUEST_FAILED', messageOf(error))
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
