/** Those of `changes` that differ from what is on screen: setData is told of nothing else. */
export function different<T extends object>(shown: T, changes: Partial<T>): Partial<T> {
  const entries = Object.entries(changes) as [keyof T, T[keyof T]][]
  return Object.fromEntries(
    entries.filter(([name, value]) => shown[name] !== value),
  ) as unknown as Partial<T>
}
