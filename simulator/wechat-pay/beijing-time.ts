/** Constant: China has one time zone and no daylight saving time. */
const BEIJING_OFFSET_MS = 8 * 3600_000

/** Formats a time in ms since 1970 as the gateway does: yyyyMMddHHmmss in Beijing. */
export function formatTime(ms: number): string {
  return isoTime(ms).replaceAll(/\D/g, '')
}

/** Formats a time in ms since 1970 as refund_success_time: yyyy-MM-dd HH:mm:ss in Beijing. */
export function formatReadableTime(ms: number): string {
  return isoTime(ms).replace('T', ' ')
}

/** Parses yyyyMMddHHmmss in Beijing into ms since 1970; undefined when it is not a valid time. */
export function parseTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number)
  const ms = Date.UTC(year, month - 1, ...rest) - BEIJING_OFFSET_MS
  // Date.UTC accepts an impossible day or hour and overflows, so formatting gives a different text
  return formatTime(ms) === text ? ms : undefined
}

function isoTime(ms: number): string {
  return new Date(ms + BEIJING_OFFSET_MS).toISOString().slice(0, 19)
}
