import { buttonEl, byId, el } from './dom'

/** `where` and text of each error on the panel */
const shown = new Set<string>()

/**
 * Shows an error of page code at the bottom of the phone until it is dismissed: the newest first, and
 * each one once, however often it occurs.
 */
export function showPageError(text: string, where: string): void {
  const panel = byId('page-errors')
  if (shown.size === 0) {
    const dismiss = buttonEl('', '关闭', () => {
      shown.clear()
      panel.replaceChildren()
      panel.hidden = true
    })
    panel.replaceChildren(el('header', '', el('h2', '', '小程序出错了'), dismiss), el('ul', ''))
    panel.hidden = false
  }
  const key = `${where}\n${text}`
  if (shown.has(key)) return
  shown.add(key)
  const item = el('li', '', ...(where ? [el('code', '', where)] : []), el('p', '', text))
  panel.querySelector('ul')?.prepend(item)
}
