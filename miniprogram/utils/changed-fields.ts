/**
 * Returns the fields of `changes` whose values differ from `shown`, compared as JSON. Only these are
 * passed to setData.
 */
export function changedFields<T extends object>(shown: T, changes: Partial<T>): Partial<T> {
  const entries = Object.entries(changes) as [keyof T, T[keyof T]][]
  return Object.fromEntries(
    entries.filter(([name, value]) => JSON.stringify(shown[name]) !== JSON.stringify(value)),
  ) as unknown as Partial<T>
}
