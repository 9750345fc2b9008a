import { buttonEl, byId, el } from './dom'

/** `where` and text of what the panel shows */
const shown = new Set<string>()

/**
 * Shows what page code threw at the bottom of the phone, until it is dismissed; the newest first,
 * and each once, however often it happens.
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
