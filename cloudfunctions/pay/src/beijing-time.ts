/** Beijing is UTC+8 all year; arithmetic keeps this true whatever time zone the process has. */
const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** ms since 1970 → `2026-01-02 03:04:05` in Beijing. */
export function beijingTime(ms: number): string {
  return new Date(ms + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ')
}

/** ms since 1970 → WeChat Pay's `yyyyMMddHHmmss` (time_start, time_expire, time_end). */
export function toGatewayTime(ms: number): string {
  return beijingTime(ms).replace(/\D/g, '')
}

/**
 * WeChat Pay's time → ms since 1970; undefined when it is none. Accepts `yyyyMMddHHmmss` (time_end)
 * and `yyyy-MM-dd HH:mm:ss` (refund_success_time_n).
 */
export function fromGatewayTime(text: string | undefined): number | undefined {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d) ?(\d\d):?(\d\d):?(\d\d)$/.exec(text ?? '')
  if (!parts) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number)
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second) - EIGHT_HOURS
  return beijingTime(ms).replace(/\D/g, '') === text!.replace(/\D/g, '') ? ms : undefined
}
