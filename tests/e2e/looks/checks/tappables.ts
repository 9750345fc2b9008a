import { isShown } from './ancestors'
import { type Box, intersection } from './box'
import { clipsOf } from './clips'

export interface Tappable {
  element: Element
  /** what a screen reader calls it; empty when it has no name */
  name: string
  /** where it is laid out */
  whole: Box
  /** the part that nothing around it cuts off; empty when that is nothing */
  seen: Box
}

/** By tag and role: that all that is bound to a tap has one of these is checked in the templates. */
const TAPPABLE =
  'button, a[href], input, wx-button, wx-navigator, ' +
  ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem']
    .map((role) => `[role=${role}]`)
    .join()

/** Everything inside `root` that can be tapped, and what is disabled for now. */
export function tappablesOf(root: Element): Tappable[] {
  const elements = [...root.querySelectorAll(TAPPABLE)].filter(isShown)
  return elements.map((element) => {
    const whole: Box = element.getBoundingClientRect()
    const clips = clipsOf(root, element.parentElement ?? root)
    const seen = clips.reduce((rest, { box }) => intersection(rest, box), whole)
    return { element, name: nameOf(element), whole, seen }
  })
}

/** For a complaint: its name, or how to find what has none. */
export function called({ element, name }: Tappable): string {
  return name ? `“${name}”` : `<${element.localName} class="${element.className}">`
}

/** From the label, else from the content (Accessible Name and Description Computation, 2.6). */
function nameOf(element: Element): string {
  const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? []
  const labels = ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? '')
  const label = labels.join(' ').trim() || element.getAttribute('aria-label')?.trim()
  return label || contentOf(element).trim()
}

function contentOf(node: Node): string {
  if (node instanceof Text) return node.data
  if (!(node instanceof Element)) return ''
  if (node.getAttribute('aria-hidden') === 'true' || !node.checkVisibility()) return ''
  const label = node.getAttribute('aria-label') ?? node.getAttribute('alt')
  return label ?? [...node.childNodes].map(contentOf).join('')
}
