import { idInBrowser } from '../../protocol/ids'
import { boundAttribute } from './glass-easel'

/** Roles that can be reached with the keyboard and tapped with Enter and Space. */
const TAPPABLE = ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem']

export const tappable = TAPPABLE.map((role) => `[role=${role}]`).join()

/** Whose text is words. All others are states. */
const WORDS = /^aria-(label|labelledby|describedby|roledescription|placeholder|valuetext)$/

/** Whose text is ids of elements. */
const REFERENCES =
  /^aria-(activedescendant|controls|describedby|details|errormessage|flowto|labelledby|owns)$/

/** They say something by their label alone; without one they are decoration. */
const PICTURES = 'wx-image, wx-icon'

export function setRole(element: HTMLElement, role: string): void {
  element.role = role
  if (TAPPABLE.includes(role)) element.tabIndex = 0
}

/**
 * Gives an element what its `aria-*` in WXML means: `aria-role` is ARIA's role.
 * @param value as glass-easel writes it: also empty for what is bound to true, null or undefined
 */
export function setAria(element: HTMLElement, name: string, value: string): void {
  if (name === 'aria-role') return setRole(element, value)
  // what takes the input is inside
  const owner = element.querySelector(':scope > input, :scope > textarea') ?? element
  const text = value === '' && boundAttribute(element, name) === true ? 'true' : value
  const meant = REFERENCES.test(name) ? ids(text) : text
  if (text === '') Element.prototype.removeAttribute.call(owner, name)
  else Element.prototype.setAttribute.call(owner, name, meant)
  if (name === 'aria-label' && element.matches(PICTURES)) markPicture(element)
}

/** What is bound to false: a state is then known to be none. */
export function unsetAria(element: HTMLElement, name: string): void {
  setAria(element, name, WORDS.test(name) ? '' : 'false')
}

function ids(text: string): string {
  return text.trim().split(/\s+/).map(idInBrowser).join(' ')
}

/** Marks a picture as one or, while it has no label, as decoration; a role of its own stays. */
export function markPicture(element: HTMLElement): void {
  const { role } = element
  if (role && role !== 'img' && role !== 'presentation') return
  element.role = element.hasAttribute('aria-label') ? 'img' : 'presentation'
}
