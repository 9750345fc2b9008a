import { isScroller, isShown } from './ancestors'
import { holds, intersection } from './box'
import { labelOf, tappablesOf } from './tappables'
import { type Line, linesOf } from './texts'

/** px that a layout may lose by rounding */
const TOLERANCE = 1

/** Reports pages that scroll sideways, and texts and buttons that are cut off. */
export function overflows(root: Element): string[] {
  return [...widePages(root), ...cutTexts(root), ...cutTappables(root)]
}

function widePages(root: Element): string[] {
  return [root, ...root.querySelectorAll('*')]
    .filter((element) => isScroller(element) && isShown(element))
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + TOLERANCE)
    .map(({ className, scrollWidth, clientWidth }) => {
      return `.${className}: what scrolls is ${scrollWidth} px wide in ${clientWidth} px`
    })
}

function cutTexts(root: Element): string[] {
  return linesOf(root).flatMap((line) => {
    const by = cutterOf(line)
    return by ? [`“${line.text}” is cut off by .${by.className}`] : []
  })
}

/** Returns the element that cuts a line off without an ellipsis. */
function cutterOf({ whole, clips }: Line): Element | undefined {
  let rest = whole
  for (const { element, box } of clips) {
    if (isShortened(element)) rest = intersection(rest, box)
    else if (!holds(box, rest, TOLERANCE)) return element
  }
  return undefined
}

function cutTappables(root: Element): string[] {
  return tappablesOf(root)
    .filter(({ whole, visible }) => !holds(visible, whole, TOLERANCE))
    .map((tappable) => `${labelOf(tappable)} is cut off`)
}

/** Returns whether the element marks shortened text by an ellipsis. */
function isShortened(element: Element): boolean {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element)
  return textOverflow === 'ellipsis' || webkitLineClamp !== 'none'
}
