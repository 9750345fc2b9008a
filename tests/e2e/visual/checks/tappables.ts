import { isShown } from './ancestors'
import { type Box, intersection } from './box'
import { clipsOf } from './clips'

export interface Tappable {
  element: Element
  /** the accessible name, which may be empty */
  name: string
  /** the area of its layout */
  whole: Box
  /** the part that nothing clips, which may be empty */
  visible: Box
}

/** Selects by tag and role. tap-bindings.test.ts checks that everything tappable has one of these. */
const TAPPABLE =
  'button, a[href], input, wx-button, wx-navigator, ' +
  ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem']
    .map((role) => `[role=${role}]`)
    .join()

/** Returns all tappable elements inside `root`, including disabled ones. */
export function tappablesOf(root: Element): Tappable[] {
  const elements = [...root.querySelectorAll(TAPPABLE)].filter(isShown)
  return elements.map((element) => {
    const whole: Box = element.getBoundingClientRect()
    const clips = clipsOf(root, element.parentElement ?? root)
    const visible = clips.reduce((rest, { box }) => intersection(rest, box), whole)
    return { element, name: nameOf(element), whole, visible }
  })
}

/** Returns the name for a complaint, or the tag and class of an element without a name. */
export function labelOf({ element, name }: Tappable): string {
  return name ? `“${name}”` : `<${element.localName} class="${element.className}">`
}

/** Computes the name from the label, or else from the content (Accessible Name and Description Computation, 2.6). */
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
