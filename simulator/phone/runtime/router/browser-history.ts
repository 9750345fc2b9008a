import { type Router, RouteError } from './router'
import type { Destination } from './url'

/** What an entry of the browser's history knows: how many pages lay on each other, from 1. */
interface Entry {
  depth: number
}

interface Phone {
  /** Cancels the topmost dialog, if there is one, as a phone's own back button does. */
  cancelDialog(): boolean
  /** The address names no page of the mini program. */
  notFound(reason: string): void
}

/**
 * Keeps the browser's history in step with the stack of pages, an entry a page, so that the
 * browser's Back is the phone's. An address typed by hand opens its page alone.
 */
export class BrowserHistory {
  readonly #router: Router
  readonly #phone: Phone
  /** depth of the entry that the browser is at: `#base` and one for each page of the stack */
  #depth = currentEntry()?.depth ?? 1
  /** how many entries lie before that of the first page, as after a reload */
  #base = this.#depth - 1
  /** whether the browser was asked to go back and has not yet done so */
  #going = false

  constructor(router: Router, phone: Phone) {
    this.#router = router
    this.#phone = phone
    window.addEventListener('popstate', () =>
      this.#onMove(currentEntry()?.depth ?? this.#depth + 1),
    )
  }

  /** The page that the address names, so that a reload stays where it was; else home. */
  first(): Destination {
    try {
      if (location.hash.length > 1) return this.#router.destination(address())
    } catch (error) {
      this.#refuse(error)
    }
    return this.#router.destination(`/${this.#router.home}`)
  }

  /** After a move of the router. */
  follow(): void {
    if (this.#going) return
    const depth = this.#base + this.#router.depth
    if (depth < this.#depth) return this.#go(depth)
    const { route, search } = this.#router.top.destination
    const url = `#/${route}${search ? `?${search}` : ''}`
    const entry: Entry = { depth }
    if (depth > this.#depth) history.pushState(entry, '', url)
    else history.replaceState(entry, '', url)
    this.#depth = depth
  }

  #go(depth: number): void {
    this.#going = true
    history.go(depth - this.#depth)
  }

  /** The browser is at another entry: it was asked to, or its user wants to be there. */
  #onMove(depth: number): void {
    const back = this.#depth - depth
    this.#depth = depth
    if (this.#going) {
      this.#going = false
      this.follow()
    } else if (this.#phone.cancelDialog()) {
      this.#go(depth + back)
    } else if (back > 0 && back < this.#router.depth) {
      this.#router.navigateBack(back)
    } else {
      this.#open(address())
    }
  }

  /** Opens a page that is not on the stack. */
  #open(url: string): void {
    const base = this.#base
    this.#base = this.#depth - 1
    try {
      this.#router.reLaunch(url)
    } catch (error) {
      this.#refuse(error)
      this.#base = base
      this.#go(this.#base + this.#router.depth)
    }
  }

  #refuse(error: unknown): void {
    if (!(error instanceof RouteError)) throw error
    this.#phone.notFound(error.message)
  }
}

function address(): string {
  return location.hash.slice(1)
}

function currentEntry(): Entry | null {
  return history.state as Entry | null
}
