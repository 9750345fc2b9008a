/** The element and what holds it, up to and with `root`. */
export function upTo(root: Element, element: Element): Element[] {
  const chain: Element[] = []
  for (let at: Element | null = element; at; at = at === root ? null : at.parentElement) {
    chain.push(at)
  }
  return chain
}

export function contain(one: Element, other: Element): boolean {
  return one.contains(other) || other.contains(one)
}

/** Whether the element is drawn, and is neither behind a dialog nor below another page. */
export function isShown(element: Element): boolean {
  const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  if (!visible || element.closest('[inert]')) return false
  const dialog = [...document.querySelectorAll('[aria-modal=true]')].at(-1)
  return dialog === undefined || dialog.contains(element)
}

/** Whether a shopper can scroll it downwards. */
export function isScroller(element: Element): boolean {
  return ['auto', 'scroll'].includes(getComputedStyle(element).overflowY)
}
