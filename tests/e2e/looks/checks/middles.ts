import { type Box, middleOf } from './box'

/** Something on the screen; `seen`: the part of it that nothing cuts off. */
export interface Place {
  element: Element
  seen: Box
}

/**
 * Scrolls each to the middle of the screen, as far as the page allows, and gives what lies there, the
 * topmost first. The page is where it was afterwards.
 */
export function atTheMiddles<P extends Place, Found>(
  root: Element,
  places: P[],
  look: (place: P, stack: Element[]) => Found[],
): Found[] {
  const distances = places.map(({ element, seen }) => {
    const { left, top } = element.getBoundingClientRect()
    const [x, y] = middleOf(seen)
    return [x - left, y - top] as const
  })
  return keepingScrolls(root, () =>
    places.flatMap((place, index) => {
      place.element.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, top } = place.element.getBoundingClientRect()
      const [x, y] = distances[index]!
      return look(place, document.elementsFromPoint(left + x, top + y))
    }),
  )
}

function keepingScrolls<T>(root: Element, run: () => T): T {
  const tops = [root, ...root.querySelectorAll('*')]
    .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
    .map((element) => [element, element.scrollTop] as const)
  try {
    return run()
  } finally {
    for (const [element, top] of tops) element.scrollTo({ top, behavior: 'instant' })
  }
}
