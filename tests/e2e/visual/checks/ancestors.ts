/** Returns the element and its ancestors, up to and including `root`. */
export function upTo(root: Element, element: Element): Element[] {
  const chain: Element[] = []
  for (let at: Element | null = element; at; at = at === root ? null : at.parentElement) {
    chain.push(at)
  }
  return chain
}

/** Returns whether one of the elements contains the other. */
export function contain(one: Element, other: Element): boolean {
  return one.contains(other) || other.contains(one)
}

/** Returns whether the element is drawn, and is neither behind a dialog nor below another page. */
export function isShown(element: Element): boolean {
  const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  if (!visible || element.closest('[inert]')) return false
  const dialog = [...document.querySelectorAll('[aria-modal=true]')].at(-1)
  return dialog === undefined || dialog.contains(element)
}

/** Returns whether a shopper can scroll the element vertically. */
export function isScroller(element: Element): boolean {
  return ['auto', 'scroll'].includes(getComputedStyle(element).overflowY)
}
