import { isPlainObject } from '../../project/plain-object'

/**
 * Returns a deep copy of the arrays and plain objects in a value. Where `replace` returns a value
 * other than undefined, the copy contains that value instead.
 */
export function cloneDeepWith(
  value: unknown,
  replace: (value: unknown) => unknown = () => undefined,
): unknown {
  const replacement = replace(value)
  if (replacement !== undefined) return replacement
  if (Array.isArray(value)) return value.map((item) => cloneDeepWith(item, replace))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cloneDeepWith(item, replace)]),
  )
}
