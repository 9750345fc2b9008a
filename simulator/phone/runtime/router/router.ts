import type { Program } from '../../protocol/program'
import type { Engine } from '../engine/engine'
import type { Instance } from '../engine/glass-easel'
import { PageView } from './page-view'
import { type Destination, parseUrl } from './url'

/** The stack holds at most ten pages (WeChat's framework reference, "页面路由"). */
const MAX_PAGES = 10

/** A refused navigation, with WeChat's message. It has changed nothing. */
export class RouteError extends Error {}

/** The page stack. Every navigation is checked before it changes the stack. */
export class Router {
  readonly #program: Program
  readonly #engine: Engine
  readonly #screen: HTMLElement
  /** called after every navigation, with the page on top */
  readonly #changed: (top: PageView) => void
  readonly #stack: PageView[] = []

  constructor(
    program: Program,
    engine: Engine,
    screen: HTMLElement,
    changed: (top: PageView) => void,
  ) {
    this.#program = program
    this.#engine = engine
    this.#screen = screen
    this.#changed = changed
  }

  get top(): PageView {
    return this.#stack.at(-1)!
  }

  /** The number of pages on the stack. */
  get depth(): number {
    return this.#stack.length
  }

  get home(): string {
    return this.#program.pages[0]!
  }

  instances(): Instance[] {
    return this.#stack.map((page) => page.instance)
  }

  /** @throws RouteError */
  destination(url: string): Destination {
    const destination = parseUrl(url, this.#stack.at(-1)?.route ?? '')
    if (this.#program.pages.includes(destination.route)) return destination
    throw new RouteError(`page "${destination.route}" is not found`)
  }

  /** @throws RouteError */
  navigateTo(url: string): void {
    const destination = this.destination(url)
    if (this.#stack.length >= MAX_PAGES) throw new RouteError('webview count limit exceed')
    this.top.hide()
    this.#push(destination)
  }

  /** @throws RouteError */
  redirectTo(url: string): void {
    const destination = this.destination(url)
    this.#stack.pop()?.unload()
    this.#push(destination)
  }

  /** @throws RouteError */
  reLaunch(url: string): void {
    const destination = this.destination(url)
    for (const page of this.#stack.splice(0).reverse()) page.unload()
    this.#push(destination)
  }

  /** @throws RouteError always: this phone has no tab bar */
  switchTab(url: string): void {
    this.destination(url)
    throw new RouteError('can not switch to no-tabBar page')
  }

  /**
   * @param delta the number of pages to go back, at most to the first one
   * @throws RouteError on the first page
   */
  navigateBack(delta: number): void {
    if (this.#stack.length < 2) throw new RouteError('cannot navigate back at first page.')
    const first = Math.max(1, this.#stack.length - Math.max(1, delta))
    for (const page of this.#stack.splice(first).reverse()) page.unload()
    this.top.show()
    this.#notify()
  }

  /** Draws the top page's window again, after a change such as its title's. */
  refresh(): void {
    this.#notify()
  }

  #push(destination: Destination): void {
    const { route, search } = destination
    this.#stack.at(-1)?.cover()
    const page = new PageView(
      this.#engine.createPage(route, search),
      destination,
      this.#program.windows[route]!,
      this.#screen,
    )
    this.#stack.push(page)
    this.#notify()
    page.load()
    page.show()
    // A timer, because a hidden tab calls no requestAnimationFrame callbacks.
    setTimeout(() => {
      if (this.#stack.includes(page)) page.ready()
    })
  }

  #notify(): void {
    this.#changed(this.top)
  }
}
