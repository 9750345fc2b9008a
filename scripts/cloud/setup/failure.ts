import type { SetupOptions } from './options'
import type { StepFailure } from './step'

/** What to do about an error code of the service (cloud.tencent.com/document/api/876/34814: 公共错误码). */
const ADVICE: readonly [code: RegExp, advice: string][] = [
  [/^AuthFailure\.SignatureExpire/, 'Correct the clock of this computer.'],
  [
    /^AuthFailure\.TokenFailure/,
    'TENCENTCLOUD_SESSIONTOKEN is wrong or has expired: get a new one.',
  ],
  [
    /^(AuthFailure\.)?UnauthorizedOperation/,
    'The key is right, but may not do this: give its user the policy QcloudTCBFullAccess (访问管理 → 策略).',
  ],
  [/^AuthFailure/, 'TENCENTCLOUD_SECRETID or TENCENTCLOUD_SECRETKEY is wrong: copy both again.'],
  [
    /^ResourceNotFound/,
    'Is TCB_ENV_ID right, and does the key belong to the account of that environment? What was just created may take some seconds to be found.',
  ],
  [
    /^ResourceUnavailable/,
    'Wait until the console (云开发 → 概览) shows the environment as ready.',
  ],
  [/^RequestLimitExceeded/, 'Wait a minute.'],
  [/^NETWORK|^ECONN|^ENOTFOUND|^ETIMEDOUT/, 'Check the network connection of this computer.'],
]

/** Formats what failed, with the service's own code and message, and what to do. */
export function formatFailure(failure: StepFailure, { dryRun }: SetupOptions): string {
  const { cause } = failure
  const code = codeOf(cause)
  const message = cause instanceof Error ? cause.message : String(cause)
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1]
  return [
    `Failed at ${failure.message}: ${code === '' ? '' : `${code}: `}${message}`,
    ...(advice === undefined ? [] : [advice]),
    dryRun
      ? 'Dry run: nothing was changed.'
      : 'The changes before it stay. Run the same command again to resume.',
  ].join('\n')
}

/** Both services' errors, and the operating system's, have a code. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
