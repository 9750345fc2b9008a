import { isScroller, upTo } from './ancestors'
import type { Box } from './box'

/** An element that clips its content. */
export interface Clip {
  element: Element
  /** the area outside which it clips */
  box: Box
}

/**
 * Returns the elements that clip an element within `root`, from the nearest to `root` itself. Content
 * of a scroller can be scrolled into view, so that nothing clips it vertically.
 */
export function clipsOf(root: Element, element: Element): Clip[] {
  let scrolled = false
  return upTo(root, element)
    .filter((holder) => holder === root || getComputedStyle(holder).overflow !== 'visible')
    .map((holder) => {
      scrolled ||= isScroller(holder)
      const box = insideOf(holder)
      return { element: holder, box: scrolled ? { ...box, top: -Infinity, bottom: Infinity } : box }
    })
}

/** Returns the area inside an element's border, where `overflow` clips. */
function insideOf(element: Element): Box {
  const { left, top } = element.getBoundingClientRect()
  const x = left + element.clientLeft
  const y = top + element.clientTop
  return { left: x, top: y, right: x + element.clientWidth, bottom: y + element.clientHeight }
}
