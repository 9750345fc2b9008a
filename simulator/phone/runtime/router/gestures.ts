/** px that a finger or a wheel must move for a pull or a swipe */
const PULL = 80
const SWIPE = 30
/** ms without a wheel event after which a new turn of the wheel begins */
const WHEEL_PAUSE = 200

export interface GestureTarget {
  /** Called while a finger pulls at the top of the page: `distance` px so far, 0 at its release. */
  pulling(distance: number): void
  /** Called when the page was pulled down far enough. */
  pulled(): void
  /** Called after a swipe upwards on a page that is too short to scroll. */
  swipedAtEnd(): void
}

/** Recognises pulls and swipes in the touches, mouse drags and wheel events of a page. */
export function recogniseGestures(scroller: HTMLElement, target: GestureTarget): void {
  const touchY = (event: TouchEvent) => event.touches[0]?.clientY ?? 0
  let drag: Drag | undefined

  scroller.addEventListener('touchstart', (e) => (drag = new Drag(scroller, target, touchY(e))))
  scroller.addEventListener('touchmove', (e) => drag?.move(touchY(e)), { passive: true })
  for (const end of ['touchend', 'touchcancel'] as const) {
    scroller.addEventListener(end, () => drag?.end())
  }

  scroller.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('input, textarea')) return
    const held = new Drag(scroller, target, event.clientY)
    const released = new AbortController()
    const { signal } = released
    const move = ({ clientY }: MouseEvent) => held.move(clientY, { scrolling: true })
    window.addEventListener('mousemove', move, { signal })
    window.addEventListener('mouseup', () => (released.abort(), held.end()), { signal })
  })

  recogniseWheel(scroller, target)
}

/** A drag with one finger, or with the mouse button held. */
class Drag {
  readonly #scroller: HTMLElement
  readonly #target: GestureTarget
  readonly #startY: number
  readonly #startTop: number
  #distance = 0

  constructor(scroller: HTMLElement, target: GestureTarget, y: number) {
    this.#scroller = scroller
    this.#target = target
    this.#startY = y
    this.#startTop = scroller.scrollTop
  }

  /** Follows the pointer. Browsers scroll by touch, but not by mouse: then `scrolling` is set. */
  move(y: number, { scrolling } = { scrolling: false }): void {
    this.#distance = y - this.#startY
    if (this.#startTop <= 0 && this.#distance > 0) this.#target.pulling(this.#distance)
    else if (scrolling) this.#scroller.scrollTop = this.#startTop - this.#distance
  }

  end(): void {
    this.#target.pulling(0)
    if (this.#startTop <= 0 && this.#distance > PULL) this.#target.pulled()
    if (isShort(this.#scroller) && this.#distance < -SWIPE) this.#target.swipedAtEnd()
  }
}

function recogniseWheel(scroller: HTMLElement, target: GestureTarget): void {
  let last = -Infinity
  let turned = 0
  let startedAtTop = false
  scroller.addEventListener(
    'wheel',
    ({ timeStamp, deltaY }) => {
      if (timeStamp - last > WHEEL_PAUSE) {
        turned = 0
        startedAtTop = scroller.scrollTop <= 0
      }
      last = timeStamp
      const before = turned
      turned += deltaY
      if (startedAtTop && before > -PULL && turned <= -PULL) target.pulled()
      if (isShort(scroller) && before < SWIPE && turned >= SWIPE) target.swipedAtEnd()
    },
    { passive: true },
  )
}

function isShort(scroller: HTMLElement): boolean {
  return scroller.scrollHeight <= scroller.clientHeight
}
