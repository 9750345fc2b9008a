import type { OpenPage } from './page'

/** The keys that setData is told of from now on, call by call. */
export function setDataKeys({ page }: OpenPage): string[][] {
  const calls: string[][] = []
  const setData = page['setData'].bind(page)
  page['setData'] = (changes: object) => {
    calls.push(Object.keys(changes))
    setData(changes)
  }
  return calls
}
