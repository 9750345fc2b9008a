import type { OpenPage } from './page'

/** Records the keys that setData receives from now on, one array for each call. */
export function setDataKeys({ page }: OpenPage): string[][] {
  const calls: string[][] = []
  const setData = page['setData'].bind(page)
  page['setData'] = (changes: object) => {
    calls.push(Object.keys(changes))
    setData(changes)
  }
  return calls
}
