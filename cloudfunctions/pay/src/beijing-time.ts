/** Beijing is UTC+8 all year. Adding the offset works in every time zone of the process. */
const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** Formats ms since 1970 as Beijing time: `2026-01-02 03:04:05`. */
export function beijingTime(ms: number): string {
  return new Date(ms + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ')
}

/** Formats ms since 1970 as WeChat Pay's `yyyyMMddHHmmss` (time_start, time_expire, time_end). */
export function toGatewayTime(ms: number): string {
  return beijingTime(ms).replace(/\D/g, '')
}

/**
 * Parses WeChat Pay's time to ms since 1970; returns undefined if it is not a time. Accepts
 * `yyyyMMddHHmmss` (time_end) and `yyyy-MM-dd HH:mm:ss` (refund_success_time_n).
 */
export function fromGatewayTime(text: string | undefined): number | undefined {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d) ?(\d\d):?(\d\d):?(\d\d)$/.exec(text ?? '')
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number)
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second) - EIGHT_HOURS
  return beijingTime(ms).replace(/\D/g, '') === text!.replace(/\D/g, '') ? ms : undefined
}
