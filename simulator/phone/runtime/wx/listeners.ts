import { callPageCode } from '../page-errors'

type Listener = (result: unknown) => void

/** Manages the listeners of one event, which page code adds by `wx.on…` and removes by `wx.off…`. */
export function listeners(name: string) {
  const all = new Set<Listener>()
  return {
    on: (listener: Listener): void => {
      all.add(listener)
    },
    /** Removes one listener, or all of them when none is given. */
    off: (listener?: Listener): void => {
      if (listener) all.delete(listener)
      else all.clear()
    },
    notify: (result: unknown): void => {
      for (const listener of all) callPageCode(name, () => listener(result))
    },
  }
}
