import { nodeOf } from './glass-easel'

/** Gives what is pressed its hover-class while it is pressed. */
export function showPresses(screen: HTMLElement): void {
  screen.addEventListener('pointerdown', ({ target }) => {
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
    for (const end of ['pointerup', 'pointercancel', 'scroll']) {
      window.addEventListener(end, release, { signal: released.signal, capture: true })
    }
  })
}
