import { isShown } from './ancestors'
import { type Box, intersection, isEmpty } from './box'
import { type Clip, clipsOf } from './clips'

/** One line of a text on the screen. */
export interface Line {
  /** what the text stands in */
  element: Element
  /** the whole text, of which this is a line */
  text: string
  /** where it is laid out */
  whole: Box
  /** the part that nothing around it cuts off; empty when that is nothing */
  seen: Box
  /** what may cut it off */
  clips: Clip[]
}

/** px: what is hidden from the eye and kept for screen readers is commonly this small */
const FOR_SCREEN_READERS = 1

/** Every line of text that is shown inside `root`. */
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
  if (clips.some(({ element: { clientWidth } }) => clientWidth <= FOR_SCREEN_READERS)) return []
  const fontSize = Number.parseFloat(getComputedStyle(element).fontSize)
  return boxesOf(node, text).map((box) => {
    const whole = toGlyphs(box, fontSize)
    const seen = clips.reduce((rest, clip) => intersection(rest, clip.box), whole)
    return { element, text, whole, seen, clips }
  })
}

function boxesOf(node: Text, text: string): Box[] {
  const range = document.createRange()
  const start = node.data.indexOf(text)
  range.setStart(node, start)
  range.setEnd(node, start + text.length)
  return [...range.getClientRects()].filter((box) => !isEmpty(box))
}

/** A line's box is as high as its font allows any letter to be: what is drawn is about 1 em of it. */
function toGlyphs({ left, right, top, bottom }: Box, fontSize: number): Box {
  const middle = (top + bottom) / 2
  const half = Math.min(bottom - top, fontSize) / 2
  return { left, right, top: middle - half, bottom: middle + half }
}
