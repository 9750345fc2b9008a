/** China has one time zone without summer time. */
const beijingOffset = 8 * 3600_000

/** The gateway's time format, yyyyMMddHHmmss in Beijing, of a time in ms since 1970. */
export function formatTime(ms: number): string {
  return isoTime(ms).replaceAll(/\D/g, '')
}

/** The format of refund_success_time: yyyy-MM-dd HH:mm:ss in Beijing, of a time in ms since 1970. */
export function formatReadableTime(ms: number): string {
  return isoTime(ms).replace('T', ' ')
}

/** Reads yyyyMMddHHmmss in Beijing into ms since 1970; undefined when it is no such time. */
export function parseTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number)
  const ms = Date.UTC(year, month - 1, ...rest) - beijingOffset
  // Date.UTC carries an impossible day or hour over into the next: such a text does not come back
  return formatTime(ms) === text ? ms : undefined
}

function isoTime(ms: number): string {
  return new Date(ms + beijingOffset).toISOString().slice(0, 19)
}
