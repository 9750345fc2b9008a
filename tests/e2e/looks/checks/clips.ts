import { isScroller, upTo } from './ancestors'
import type { Box } from './box'

/** An element that cuts off what sticks out of it. */
export interface Clip {
  element: Element
  /** where it cuts, in px; downwards without an end when it scrolls */
  box: Box
}

/** What cuts off the content of an element within `root`, the nearest first; at last `root` itself. */
export function clipsOf(root: Element, element: Element): Clip[] {
  return upTo(root, element)
    .filter((holder) => holder === root || getComputedStyle(holder).overflow !== 'visible')
    .map((holder) => ({ element: holder, box: insideOf(holder) }))
}

/** The inside of an element's border, which is what `overflow` cuts at. */
function insideOf(element: Element): Box {
  const { left, top } = element.getBoundingClientRect()
  const { clientLeft, clientTop, clientWidth, clientHeight } = element
  const sides = { left: left + clientLeft, right: left + clientLeft + clientWidth }
  if (isScroller(element)) return { ...sides, top: -Infinity, bottom: Infinity }
  return { ...sides, top: top + clientTop, bottom: top + clientTop + clientHeight }
}
