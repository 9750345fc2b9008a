import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/** The card of a shared page, as a friend receives it. */
export interface ShareCard {
  title: string
  /** the route with a leading slash and its query */
  path: string
  /** the picture's address in the browser; without it WeChat takes a screenshot */
  picture?: string
}

/** Shows the card as its receiver sees it. Resolves with whether it is opened. */
export function openShareCard({ title, path, picture }: ShareCard): Promise<boolean> {
  return openDialog({ kind: 'modal', label: '转发的卡片', cancelled: false }, (close) => [
    el('h2', 'modal-title', '转发给朋友'),
    el(
      'article',
      'share-card',
      el('h3', '', title),
      picture ? pictureOf(picture) : el('p', 'share-blank', '微信会截取当前页面'),
      el('code', '', path),
    ),
    el(
      'footer',
      'choices',
      dialogButton('plain', '关闭', () => close(false)),
      dialogButton('plain', '打开', () => close(true)),
    ),
  ])
}

function pictureOf(address: string): HTMLElement {
  const image = el('img', '')
  image.src = address
  image.alt = ''
  return image
}
