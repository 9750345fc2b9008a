import { buttonEl, byId, el } from './dom'

/** Why a call failed, in words for developers. */
export interface CallNotice {
  title: string
  /** the cause, perhaps with a stack */
  detail: string
}

/** How many notices are shown; older ones disappear. */
const MOST = 5

/**
 * Shows a notice beside the phone until it is dismissed, the newest first. One that is repeated moves
 * to the top.
 */
export function showCallNotice({ title, detail }: CallNotice): void {
  const panel = byId('call-notices')
  const list = panel.querySelector('ul') ?? openList(panel)
  const item = el('li', '', el('h3', '', title), el('pre', '', detail))
  for (const shown of list.children) {
    if (shown.textContent === item.textContent) shown.remove()
  }
  list.prepend(item)
  while (list.childElementCount > MOST) list.lastElementChild?.remove()
}

function openList(panel: HTMLElement): HTMLElement {
  const list = el('ul', '')
  const clear = buttonEl('', '清除', () => {
    panel.replaceChildren()
    panel.hidden = true
  })
  panel.replaceChildren(el('header', '', el('h2', '', '给开发者看'), clear), list)
  panel.hidden = false
  return list
}
