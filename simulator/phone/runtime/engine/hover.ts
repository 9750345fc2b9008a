import { nodeOf } from './glass-easel'

/** px that a finger may move during a press; a longer move is a drag and no tap */
const PRESS_TOLERANCE = 10

/** Adds the hover-class to an element while it is pressed. */
export function showPresses(screen: HTMLElement): void {
  screen.addEventListener('pointerdown', ({ target, clientX, clientY }) => {
    const element = target instanceof Element ? target.closest('[hover-class]') : null
    const name = element?.getAttribute('hover-class')
    const classes = nodeOf(element)?.classList
    if (!name || name === 'none' || !classes) return
    const released = new AbortController()
    const release = () => {
      classes.toggle(name, false)
      released.abort()
    }
    classes.toggle(name, true)
    const options = { signal: released.signal, capture: true }
    for (const end of ['pointerup', 'pointercancel', 'scroll']) {
      window.addEventListener(end, release, options)
    }
    const move = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > PRESS_TOLERANCE) release()
    }
    window.addEventListener('pointermove', move, options)
  })
}
