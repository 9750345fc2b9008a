/** The values that replace `{{name}}` in simulator.json. */
export interface PlaceholderValues {
  appid: string
  envId: string
  /** `https://<host>` of the functions with an HTTP route */
  httpOrigin: string
  'merchant.mch_id': string
  'merchant.key': string
  /** absolute path of the merchant's certificate, apiclient_cert.p12 */
  'merchant.p12': string
}

const NAMES: { readonly [Name in keyof PlaceholderValues]: true } = {
  appid: true,
  envId: true,
  httpOrigin: true,
  'merchant.mch_id': true,
  'merchant.key': true,
  'merchant.p12': true,
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Returns the first unknown placeholder in a text; undefined when all are known. */
export function unknownPlaceholder(text: string): string | undefined {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
  return names.find((name) => !Object.hasOwn(NAMES, name))
}

export const PLACEHOLDER_NAMES: readonly string[] = Object.keys(NAMES)

/** Returns the value with every placeholder replaced, in nested texts too. */
export function fillPlaceholders<T>(value: T, values: PlaceholderValues): T {
  return fill(value, values) as T
}

function fill(value: unknown, values: PlaceholderValues): unknown {
  if (typeof value === 'string') {
    return value.replace(PLACEHOLDER, (_, name: string) => values[name as keyof PlaceholderValues])
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, values))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, values)]))
}
