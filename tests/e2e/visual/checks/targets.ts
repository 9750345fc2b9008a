import { labelOf, tappablesOf } from './tappables'

/** px, in width and height (WCAG 2.2, 2.5.5 "Target Size (Enhanced)") */
const SMALLEST = 44
/** px that a layout may lose by rounding */
const TOLERANCE = 0.05

/** Reports tappable elements without a name, or too small to tap. */
export function poorTargets(root: Element): string[] {
  return tappablesOf(root).flatMap((tappable) => {
    const { width, height } = tappable.element.getBoundingClientRect()
    const isSmall = Math.min(width, height) < SMALLEST - TOLERANCE
    return [
      ...(tappable.name ? [] : [`${labelOf(tappable)} has no name`]),
      ...(isSmall ? [`${labelOf(tappable)} is ${width.toFixed(1)} × ${height.toFixed(1)} px`] : []),
    ]
  })
}
