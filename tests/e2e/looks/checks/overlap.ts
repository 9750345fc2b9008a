import { contain, isScroller, upTo } from './ancestors'
import { type Box, intersection, isEmpty } from './box'
import { atTheMiddles, type Place } from './middles'
import { called, tappablesOf } from './tappables'
import { linesOf } from './texts'

/** px that two boxes may share by rounding */
const TOLERANCE = 1

interface Thing extends Place {
  what: string
  /** whether that element, on top of the thing's middle, leaves it readable or tappable */
  allows(top: Element): boolean
}

/** Texts and buttons that lie on each other, and those that something else covers. */
export function overlaps(root: Element): string[] {
  const things = [...texts(root), ...tappables(root)].filter(({ seen }) => !isEmpty(seen))
  return [...collisions(root, things), ...covered(root, things)]
}

function texts(root: Element): Thing[] {
  return linesOf(root).map(({ element, text, seen }) => {
    return { element, seen, what: `“${text}”`, allows: (top) => contain(top, element) }
  })
}

function tappables(root: Element): Thing[] {
  return tappablesOf(root).map((tappable) => {
    const { element, seen } = tappable
    return { element, seen, what: called(tappable), allows: (top) => element.contains(top) }
  })
}

function collisions(root: Element, things: Thing[]): string[] {
  const layers = new Map(things.map(({ element }) => [element, layerOf(root, element)]))
  return things.flatMap((one, index) =>
    things
      .slice(index + 1)
      .filter((other) => !contain(one.element, other.element))
      .filter((other) => layers.get(one.element) === layers.get(other.element))
      .filter((other) => touches(one.seen, other.seen))
      .map((other) => `${one.what} and ${other.what} overlap`),
  )
}

function touches(one: Box, other: Box): boolean {
  const { left, top, right, bottom } = intersection(one, other)
  return right - left > TOLERANCE && bottom - top > TOLERANCE
}

/** What moves as a whole against what is around it: what lies there below the other, `covered` finds. */
function layerOf(root: Element, element: Element): Element | undefined {
  return upTo(root, element).find((holder) => {
    return isScroller(holder) || ['fixed', 'sticky'].includes(getComputedStyle(holder).position)
  })
}

/** What cannot be scrolled to a place where it is on top. */
function covered(root: Element, things: Thing[]): string[] {
  return atTheMiddles(root, things, ({ what, allows }, [top]) => {
    if (top && allows(top)) return []
    return [
      `${what} is covered by ${top ? `<${top.localName} class="${top.className}">` : 'the edge'}`,
    ]
  })
}
