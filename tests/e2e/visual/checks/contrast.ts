import { upTo } from './ancestors'
import { isEmpty } from './box'
import { atCentres } from './centres'
import { type Colour, contrastOf, hexOf, over, parseColour } from './colour'
import { linesOf } from './texts'

/** WCAG 2.2, 1.4.3, without its exception for large text */
const MINIMUM = 4.5

const PAPER: Colour = { rgb: [255, 255, 255], alpha: 1 }

/** Reports texts with too little contrast, and texts on a picture. */
export function paleTexts(root: Element): string[] {
  const lines = linesOf(root).filter(({ visible }) => !isEmpty(visible))
  return atCentres(root, lines, ({ element, text }, stack) => {
    const layers = layersOf(root, element, stack)
    if (standsOnPicture(layers)) return [`“${text}” stands on a picture`]
    const { ink, paper } = paint([...layers].reverse(), element, PAPER)
    const contrast = contrastOf(ink, paper)
    if (contrast >= MINIMUM) return []
    return [`“${text}” has ${contrast.toFixed(2)} : 1 (${hexOf(ink)} on ${hexOf(paper)})`]
  })
}

/** Returns the element of the text and the elements painted below it, the topmost first. */
function layersOf(root: Element, element: Element, stack: Element[]): Element[] {
  const at = stack.indexOf(element)
  // An element with pointer-events: none is not in the stack: then only its ancestors count.
  return at < 0 ? upTo(root, element) : stack.slice(at)
}

function standsOnPicture(layers: Element[]): boolean {
  const ground = layers.find((layer) => isPicture(layer) || isOpaque(layer))
  return ground !== undefined && isPicture(ground)
}

function isOpaque(element: Element): boolean {
  return parseColour(getComputedStyle(element).backgroundColor).alpha === 1
}

function isPicture(element: Element): boolean {
  return (
    element.matches('img, video, canvas') || getComputedStyle(element).backgroundImage !== 'none'
  )
}

/** Paints the layers, the lowest first. @returns the colours of the text and of its background */
function paint(
  [layer, ...above]: Element[],
  text: Element,
  below: Colour,
): { ink: Colour; paper: Colour } {
  const { color, backgroundColor, opacity } = getComputedStyle(layer!)
  const fade = ({ rgb }: Colour) => over({ rgb, alpha: Number(opacity) }, below)
  const ground = over(parseColour(backgroundColor), below)
  if (!layer!.contains(text)) return paint(above, text, fade(ground))
  const inside =
    above.length > 0
      ? paint(above, text, ground)
      : { ink: over(parseColour(color), ground), paper: ground }
  return { ink: fade(inside.ink), paper: fade(inside.paper) }
}
