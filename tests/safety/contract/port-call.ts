/** A port call as JSON. */
export interface PortCall {
  owner: { _openid?: string }
  port: 'goods' | 'orders' | 'messages' | 'wechatPay'
  method: string
  args: unknown[]
}

export type PortReply = { value?: unknown; rejected?: never } | { rejected: true }

const UNDEFINED = { $undefined: true }

/** Encodes `undefined` fields, which remove a field and which JSON would drop. */
export function encode(value: unknown): unknown {
  return mapFields(value, (field) => (field === undefined ? UNDEFINED : field))
}

/** Decodes what `encode` returned. */
export function decode(value: unknown): unknown {
  return mapFields(value, (field) => (isUndefined(field) ? undefined : field))
}

function mapFields(value: unknown, change: (field: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, change(field)]))
}

const isUndefined = (field: unknown) =>
  typeof field === 'object' && field !== null && '$undefined' in field
