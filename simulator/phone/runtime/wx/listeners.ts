import { callPageCode } from '../page-errors'

type Listener = (result: unknown) => void

/** The functions of page code that listen to one thing, by `wx.on…` and until `wx.off…`. */
export function listeners(name: string) {
  const all = new Set<Listener>()
  return {
    on: (listener: Listener): void => {
      all.add(listener)
    },
    /** Without the function that listens, all of them listen no more. */
    off: (listener?: Listener): void => {
      if (listener) all.delete(listener)
      else all.clear()
    },
    tell: (result: unknown): void => {
      for (const listener of all) callPageCode(name, () => listener(result))
    },
  }
}
