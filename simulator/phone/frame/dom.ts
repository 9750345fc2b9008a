/** Returns an element of the frame's page. All ids of the frame always exist. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element) return element
  throw new Error(`The phone's page has no #${id}`)
}

/** Creates an element with a class name and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

export function buttonEl(className: string, label: string, onClick: () => void): HTMLButtonElement {
  const button = el('button', className, label)
  button.type = 'button'
  button.addEventListener('click', onClick)
  return button
}
