import type { Root } from 'glass-easel-miniprogram-adapter'
import type { WindowConfig } from '../../protocol/program'
import { type Instance, attachTo, hostOf, instanceOf } from '../engine/glass-easel'
import { callPageCode } from '../page-errors'
import { recogniseGestures } from './gestures'
import type { Destination } from './url'

/** px, WeChat's default of onReachBottomDistance */
const REACH_BOTTOM_DISTANCE = 50
/** px that a page moves down at most while it is pulled, and px while it refreshes */
const MAX_PULL = 60
const REFRESHING = 50

/** One page of the stack: its element on the screen and its lifecycle calls. */
export class PageView {
  readonly instance: Instance
  readonly window: WindowConfig
  readonly destination: Destination
  readonly #root: Root
  readonly #scroller = document.createElement('div')
  #refreshing = false
  /** the content height at the last call of onReachBottom */
  #calledAtHeight = -1

  constructor(root: Root, destination: Destination, window: WindowConfig, screen: HTMLElement) {
    this.#root = root
    this.window = { ...window }
    this.destination = destination
    this.instance = instanceOf(root)
    this.instance.route = destination.route
    this.instance.options = destination.query

    this.#scroller.className = 'scroller'
    this.#scroller.tabIndex = 0 // lets the keyboard scroll a page without tappable elements
    const host = hostOf(root.getComponent())
    host.dataset.page = destination.route
    screen.prepend(this.#scroller) // first, because references find the first of several equal ids
    attachTo(root, this.#scroller)
    this.#listen()
  }

  get route(): string {
    return this.destination.route
  }

  load(): void {
    this.call('onLoad', this.destination.query)
  }

  show(): void {
    this.#scroller.hidden = false
    this.#scroller.inert = false
    this.#root.getComponent().triggerPageLifetime('show', [])
    this.call('onShow')
  }

  ready(): void {
    this.#root.getComponent().triggerLifetime('ready', [])
    this.call('onReady')
  }

  hide(): void {
    this.#root.getComponent().triggerPageLifetime('hide', [])
    this.call('onHide')
  }

  /** Removes the page's element from view, but keeps its state. */
  cover(): void {
    this.#scroller.hidden = true
    this.#scroller.inert = true
  }

  unload(): void {
    this.call('onUnload')
    this.#root.release()
    this.#scroller.remove()
  }

  /** @param top px from the top of the page */
  scrollTo(top: number, animated: boolean): void {
    this.#scroller.scrollTo({ top, behavior: animated ? 'smooth' : 'instant' })
  }

  startRefresh(): void {
    if (this.#refreshing) return
    this.#refreshing = true
    this.#scroller.classList.add('refreshing')
    this.#pull(REFRESHING)
    this.call('onPullDownRefresh')
  }

  stopRefresh(): void {
    this.#refreshing = false
    this.#scroller.classList.remove('refreshing')
    this.#pull(0)
  }

  has(name: string): boolean {
    return typeof this.instance[name] === 'function'
  }

  /** Calls a function of the page, if defined. Its errors are reported and do not reach the caller. */
  call(name: string, argument?: unknown): unknown {
    const method = this.instance[name]
    if (typeof method !== 'function') return undefined
    return callPageCode(
      `${this.route} ${name}`,
      () => method.call(this.instance, argument) as unknown,
    )
  }

  #listen(): void {
    const pullable = this.window.enablePullDownRefresh === true
    this.#scroller.addEventListener('scroll', () => {
      this.call('onPageScroll', { scrollTop: this.#scroller.scrollTop })
      this.#checkBottom()
    })
    recogniseGestures(this.#scroller, {
      pulling: (distance) => {
        if (pullable && !this.#refreshing) this.#pull(Math.min(distance / 2, MAX_PULL))
      },
      pulled: () => {
        if (pullable) this.startRefresh()
      },
      swipedAtEnd: () => this.call('onReachBottom'),
    })
  }

  #pull(px: number): void {
    this.#scroller.style.setProperty('--pull', `${px}px`)
  }

  /** Calls onReachBottom once near the end, and again after the content has grown. */
  #checkBottom(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller
    const distance = this.window.onReachBottomDistance ?? REACH_BOTTOM_DISTANCE
    if (scrollHeight - scrollTop - clientHeight > distance) this.#calledAtHeight = -1
    else if (this.#calledAtHeight !== scrollHeight) {
      this.#calledAtHeight = scrollHeight
      this.call('onReachBottom')
    }
  }
}
