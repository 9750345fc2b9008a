/** px that a finger or a wheel must go for a pull or a swipe to count */
const PULL = 80
const SWIPE = 30
/** ms without a wheel event that end one turn of the wheel */
const WHEEL_PAUSE = 200

export interface GestureTarget {
  /** A finger pulls at the top of the page: `distance` px so far, 0 when it let go. */
  pulling(distance: number): void
  /** The page was pulled down far enough. */
  pulled(): void
  /** A swipe upwards on a page too short to scroll, which is at its end already. */
  swipedAtEnd(): void
}

/** Turns touches, mouse drags and the wheel on a scrolling page into pulls and swipes. */
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

/** One finger, or the mouse with its button held. */
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

  /** A browser scrolls by touch on its own, by mouse it does not. */
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
