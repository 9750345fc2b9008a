import { isScroller, upTo } from './ancestors'
import { type Box, centreOf } from './box'

/** Something on the screen; `visible` is the part of it that nothing clips. */
export interface Place {
  element: Element
  visible: Box
}

/**
 * Scrolls each place to the centre of its scroller, as far as possible, and passes `check` the
 * elements at its centre, the topmost first. Restores the scroll positions afterwards.
 */
export function atCentres<P extends Place, Found>(
  root: Element,
  places: P[],
  check: (place: P, stack: Element[]) => Found[],
): Found[] {
  const centres = places.map(({ element, visible }) => {
    const { left, top } = element.getBoundingClientRect()
    const [x, y] = centreOf(visible)
    return [x - left, y - top] as const
  })
  return keepingScrolls(root, () =>
    places.flatMap((place, index) => {
      const [dx, dy] = centres[index]!
      const centre = () => {
        const { left, top } = place.element.getBoundingClientRect()
        return [left + dx, top + dy] as const
      }
      for (const scroller of upTo(root, place.element).filter(isScroller)) {
        const [, wanted] = centreOf(scroller.getBoundingClientRect())
        scroller.scrollBy({ top: centre()[1] - wanted, behavior: 'instant' })
      }
      return check(place, document.elementsFromPoint(...centre()))
    }),
  )
}

function keepingScrolls<T>(root: Element, run: () => T): T {
  const tops = [root, ...root.querySelectorAll('*')]
    .filter(isScroller)
    .map((element) => [element, element.scrollTop] as const)
  try {
    return run()
  } finally {
    for (const [element, top] of tops) element.scrollTo({ top, behavior: 'instant' })
  }
}
