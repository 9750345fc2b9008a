/** An object as JSON has it: no array, and no Date, RegExp or other instance, of whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * The value with every array and plain object made anew. Where `replace` returns something, that
 * stands in the place of what it was given.
 */
export function rebuild(
  value: unknown,
  replace: (value: unknown) => unknown = () => undefined,
): unknown {
  const replacement = replace(value)
  if (replacement !== undefined) return replacement
  if (Array.isArray(value)) return value.map((item) => rebuild(item, replace))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, rebuild(item, replace)]),
  )
}
