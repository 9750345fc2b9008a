/** Encodes a value for the database: dates as `{ $date: ms }`, everything else as JSON. */

export function encode(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() }
  if (value instanceof RegExp) return { $regex: value.source, $options: value.flags }
  if (value instanceof ServerDate) return { $serverDate: value.offset }
  if (Array.isArray(value)) return value.map(encode)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]))
}

export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (!isObject(value)) return value
  if (typeof value.$date === 'number') return new Date(value.$date)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]))
}

/** `db.serverDate({ offset })`: the server's time at the write, plus `offset` ms. */
export class ServerDate {
  readonly offset: number

  constructor(offset: number) {
    this.offset = offset
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
