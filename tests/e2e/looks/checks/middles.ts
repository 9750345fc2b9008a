import { isScroller, upTo } from './ancestors'
import { type Box, middleOf } from './box'

/** Something on the screen; `seen`: the part of it that nothing cuts off. */
export interface Place {
  element: Element
  seen: Box
}

/**
 * Scrolls each to the middle of what scrolls it, as far as that goes, and gives what lies there, the
 * topmost first. The page is where it was afterwards.
 */
export function atTheMiddles<P extends Place, Found>(
  root: Element,
  places: P[],
  look: (place: P, stack: Element[]) => Found[],
): Found[] {
  const middles = places.map(({ element, seen }) => {
    const { left, top } = element.getBoundingClientRect()
    const [x, y] = middleOf(seen)
    return [x - left, y - top] as const
  })
  return keepingScrolls(root, () =>
    places.flatMap((place, index) => {
      const [dx, dy] = middles[index]!
      const middle = () => {
        const { left, top } = place.element.getBoundingClientRect()
        return [left + dx, top + dy] as const
      }
      for (const scroller of upTo(root, place.element).filter(isScroller)) {
        const [, wanted] = middleOf(scroller.getBoundingClientRect())
        scroller.scrollBy({ top: middle()[1] - wanted, behavior: 'instant' })
      }
      return look(place, document.elementsFromPoint(...middle()))
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
