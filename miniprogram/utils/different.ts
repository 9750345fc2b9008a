/** Those of `changes` that are not on screen yet, compared as JSON: setData is told of nothing else. */
export function different<T extends object>(shown: T, changes: Partial<T>): Partial<T> {
  const entries = Object.entries(changes) as [keyof T, T[keyof T]][]
  return Object.fromEntries(
    entries.filter(([name, value]) => JSON.stringify(shown[name]) !== JSON.stringify(value)),
  ) as unknown as Partial<T>
}
