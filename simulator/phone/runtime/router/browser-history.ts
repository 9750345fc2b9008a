import { type Router, RouteError } from './router'
import type { Destination } from './url'

/** The state of an entry in the browser's history: the depth of the page stack, from 1. */
interface Entry {
  depth: number
}

interface Phone {
  /** Cancels the topmost dialog, if one is open, as a phone's back button does. */
  cancelDialog(): boolean
  /** Shows that the address names no page of the mini program. */
  notFound(reason: string): void
}

/**
 * Synchronizes the browser's history with the page stack, one entry per page, so that the browser's
 * Back goes back on the phone. An address typed by hand opens its page with no page below it.
 */
export class BrowserHistory {
  readonly #router: Router
  readonly #phone: Phone
  /** the depth of the current entry: `#base` plus the number of pages on the stack */
  #depth = currentEntry()?.depth ?? 1
  /** the number of entries before that of the first page, above 0 after a reload */
  #base = this.#depth - 1
  /** whether `history.go` was called and has not taken effect yet */
  #going = false

  constructor(router: Router, phone: Phone) {
    this.#router = router
    this.#phone = phone
    window.addEventListener('popstate', () =>
      this.#onMove(currentEntry()?.depth ?? this.#depth + 1),
    )
  }

  /** Returns the page that the address names, so that a reload stays on it, or else home. */
  first(): Destination {
    try {
      if (location.hash.length > 1) return this.#router.destination(address())
    } catch (error) {
      this.#refuse(error)
    }
    return this.#router.destination(`/${this.#router.home}`)
  }

  /** Updates the history after a navigation of the router. */
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

  /** Handles a move to another entry, by `history.go` or by the user. */
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
