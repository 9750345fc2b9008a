import { toScreenUnits } from '../../units'

/** Roles that can be reached with the keyboard and tapped with Enter and Space. */
const TAPPABLE = ['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem']

/**
 * The element of a WXML tag: `<view>` is `<wx-view>`. Its attributes become what they mean in a
 * browser: rpx in styles, ARIA's own names for WeChat's aria-* (aria-role is role).
 */
export function createTagElement(tag: string): HTMLElement {
  const element = document.createElement(`wx-${tag}`)
  const set = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => {
    if (name === 'style') set(name, toScreenUnits(value))
    else if (name === 'aria-role') setRole(element, value)
    else {
      set(name, value)
      if (name === 'aria-label' && tag === 'image') setRole(element, 'img')
    }
  }
  return element
}

export function setRole(element: HTMLElement, role: string): void {
  element.role = role
  if (TAPPABLE.includes(role)) element.tabIndex = 0
}

export const tappable = TAPPABLE.map((role) => `[role=${role}]`).join()
