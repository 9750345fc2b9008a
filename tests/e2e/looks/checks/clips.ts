import { isScroller, upTo } from './ancestors'
import type { Box } from './box'

/** An element that cuts off what sticks out of it. */
export interface Clip {
  element: Element
  /** where it cuts, in px */
  box: Box
}

/**
 * What cuts off the content of an element within `root`, the nearest first; at last `root` itself.
 * What scrolls can be brought into view, so that nothing around it cuts downwards.
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

/** The inside of an element's border, which is what `overflow` cuts at. */
function insideOf(element: Element): Box {
  const { left, top } = element.getBoundingClientRect()
  const x = left + element.clientLeft
  const y = top + element.clientTop
  return { left: x, top: y, right: x + element.clientWidth, bottom: y + element.clientHeight }
}
