import { idInBrowser } from '../../protocol/ids'
import { boundAttribute } from './glass-easel'

/** Roles that can be reached with the keyboard and tapped with Enter and Space. */
const TAPPABLE = ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem']

export const TAPPABLE_SELECTOR = TAPPABLE.map((role) => `[role=${role}]`).join()

/** The attributes with a text as value. All others are states. */
const WORDS = /^aria-(label|labelledby|describedby|roledescription|placeholder|valuetext)$/

/** The attributes with ids of elements as value. */
const REFERENCES =
  /^aria-(activedescendant|controls|describedby|details|errormessage|flowto|labelledby|owns)$/

/** Pictures, which are decoration unless they have a label. */
const PICTURES = 'wx-image, wx-icon'

export function setRole(element: HTMLElement, role: string): void {
  element.role = role
  if (TAPPABLE.includes(role)) element.tabIndex = 0
}

/**
 * Sets an `aria-*` attribute of WXML on an element: `aria-role` is ARIA's role.
 * @param value from glass-easel, which is also empty for an attribute bound to true, null or undefined
 */
export function setAria(element: HTMLElement, name: string, value: string): void {
  if (name === 'aria-role') return setRole(element, value)
  // The attribute belongs to the field inside a built-in component.
  const owner = element.querySelector(':scope > input, :scope > textarea') ?? element
  const text = value === '' && boundAttribute(element, name) === true ? 'true' : value
  const meant = REFERENCES.test(name) ? ids(text) : text
  if (text === '') Element.prototype.removeAttribute.call(owner, name)
  else Element.prototype.setAttribute.call(owner, name, meant)
  if (name === 'aria-label' && element.matches(PICTURES)) markPicture(element)
}

/** Sets an attribute that is bound to false: a state becomes "false", a text is removed. */
export function unsetAria(element: HTMLElement, name: string): void {
  setAria(element, name, WORDS.test(name) ? '' : 'false')
}

function ids(text: string): string {
  return text.trim().split(/\s+/).map(idInBrowser).join(' ')
}

/** Gives a picture the role img, or presentation while it has no label. Keeps any other role. */
export function markPicture(element: HTMLElement): void {
  const { role } = element
  if (role && role !== 'img' && role !== 'presentation') return
  element.role = element.hasAttribute('aria-label') ? 'img' : 'presentation'
}
