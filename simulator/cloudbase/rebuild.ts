import { isPlainObject } from '../../project/plain-object'

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
