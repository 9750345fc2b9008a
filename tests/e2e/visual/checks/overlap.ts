import { contain, isScroller, upTo } from './ancestors'
import { type Box, intersection, isEmpty } from './box'
import { atCentres, type Place } from './centres'
import { labelOf, tappablesOf } from './tappables'
import { linesOf } from './texts'

/** px that two boxes may share by rounding */
const TOLERANCE = 1

interface Item extends Place {
  label: string
  /** whether the item stays readable or tappable with that element on top of its centre */
  allows(top: Element): boolean
}

/** Reports texts and buttons that overlap, and those that another element covers. */
export function overlaps(root: Element): string[] {
  const items = [...texts(root), ...tappables(root)].filter(({ visible }) => !isEmpty(visible))
  return [...collisions(root, items), ...covered(root, items)]
}

function texts(root: Element): Item[] {
  return linesOf(root).map(({ element, text, visible }) => {
    return { element, visible, label: `“${text}”`, allows: (top) => contain(top, element) }
  })
}

function tappables(root: Element): Item[] {
  return tappablesOf(root).map((tappable) => {
    const { element, visible } = tappable
    return { element, visible, label: labelOf(tappable), allows: (top) => element.contains(top) }
  })
}

function collisions(root: Element, items: Item[]): string[] {
  const layers = new Map(items.map(({ element }) => [element, layerOf(root, element)]))
  return items.flatMap((one, index) =>
    items
      .slice(index + 1)
      .filter((other) => !contain(one.element, other.element))
      .filter((other) => layers.get(one.element) === layers.get(other.element))
      .filter((other) => touches(one.visible, other.visible))
      .map((other) => `${one.label} and ${other.label} overlap`),
  )
}

function touches(one: Box, other: Box): boolean {
  const { left, top, right, bottom } = intersection(one, other)
  return right - left > TOLERANCE && bottom - top > TOLERANCE
}

/** Returns the nearest scroller, fixed or sticky element. Overlaps between these are left to `covered`. */
function layerOf(root: Element, element: Element): Element | undefined {
  return upTo(root, element).find((holder) => {
    return isScroller(holder) || ['fixed', 'sticky'].includes(getComputedStyle(holder).position)
  })
}

/** Reports items that another element covers at every scroll position. */
function covered(root: Element, items: Item[]): string[] {
  return atCentres(root, items, ({ label, allows }, [top]) => {
    if (top && allows(top)) return []
    return [
      `${label} is covered by ${top ? `<${top.localName} class="${top.className}">` : 'the edge'}`,
    ]
  })
}
