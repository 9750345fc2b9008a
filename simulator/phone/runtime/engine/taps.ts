import * as glassEasel from 'glass-easel'
import { TAPPABLE_SELECTOR } from './aria'
import { type EventOptions, type Node, hostOf, nodeOf } from './glass-easel'

let tapping = false

/** Returns whether a tap handler is running: false after an await and in a timer. */
export function isTapping(): boolean {
  return tapping
}

/** Delivers an event to the handlers of the template; a disabled button swallows a tap. */
export function dispatch(target: Node, type: string, detail: unknown, options: EventOptions): void {
  if (type === 'tap' && hostOf(target).closest('wx-button[disabled]')) return
  tapping = type === 'tap'
  try {
    glassEasel.Event.dispatchEvent(target, new glassEasel.Event(type, detail, options))
  } finally {
    tapping = false
  }
}

/** Lets the keyboard and assistive technology tap elements with a tappable role inside `screen`. */
export function tapByKeyboard(screen: HTMLElement): void {
  screen.addEventListener('keydown', (event) => {
    const { target } = event
    if (!(target instanceof Element) || !target.matches(TAPPABLE_SELECTOR)) return
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    tap(target)
  })
  // A click without a pointer comes from assistive technology.
  screen.addEventListener('click', ({ target, detail }) => {
    if (detail === 0 && target instanceof Element) tap(target)
  })
}

function tap(element: Element): void {
  const node = nodeOf(element)
  const { x, y } = element.getBoundingClientRect()
  if (node) dispatch(node, 'tap', { x, y }, { bubbles: true, composed: true, capturePhase: true })
}
