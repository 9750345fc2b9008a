import { nodeOf } from './glass-easel'

/** px that a finger may move while it presses; then it drags, and its tap is none either */
const STILL = 10

/** Gives what is pressed its hover-class while it is pressed. */
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
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > STILL) release()
    }
    window.addEventListener('pointermove', move, options)
  })
}
