import { isShown } from './ancestors'
import { type Box, intersection, isEmpty } from './box'
import { type Clip, clipsOf } from './clips'

/** One line of a text on the screen. */
export interface Line {
  /** the parent element of the text */
  element: Element
  /** the whole text, of which this is a line */
  text: string
  /** the area of its layout */
  whole: Box
  /** the part that nothing clips, which may be empty */
  visible: Box
  /** the elements that may clip it */
  clips: Clip[]
}

/** px: the usual width of visually hidden elements, which only screen readers announce */
const VISUALLY_HIDDEN = 1

/** Returns every line of text that is shown inside `root`. */
export function linesOf(root: Element): Line[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const lines: Line[] = []
  while (walker.nextNode()) lines.push(...linesOfNode(root, walker.currentNode as Text))
  return lines
}

function linesOfNode(root: Element, node: Text): Line[] {
  const element = node.parentElement
  const text = node.data.trim()
  if (!element || text === '' || !isShown(element)) return []
  const clips = clipsOf(root, element)
  if (clips.some(({ element: { clientWidth } }) => clientWidth <= VISUALLY_HIDDEN)) return []
  const fontSize = Number.parseFloat(getComputedStyle(element).fontSize)
  return boxesOf(node, text).map((box) => {
    const whole = toGlyphs(box, fontSize)
    const visible = clips.reduce((rest, clip) => intersection(rest, clip.box), whole)
    return { element, text, whole, visible, clips }
  })
}

function boxesOf(node: Text, text: string): Box[] {
  const range = document.createRange()
  const start = node.data.indexOf(text)
  range.setStart(node, start)
  range.setEnd(node, start + text.length)
  return [...range.getClientRects()].filter((box) => !isEmpty(box))
}

/** Shrinks a line's box, which has room for any letter of the font, to about 1 em: the drawn part. */
function toGlyphs({ left, right, top, bottom }: Box, fontSize: number): Box {
  const middle = (top + bottom) / 2
  const half = Math.min(bottom - top, fontSize) / 2
  return { left, right, top: middle - half, bottom: middle + half }
}
