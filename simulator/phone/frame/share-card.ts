import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/** What a friend gets to see of a shared page. */
export interface ShareCard {
  title: string
  /** with a leading slash, and its query */
  path: string
  /** the picture's address in the browser; WeChat takes one of the screen without it */
  picture?: string
}

/** Shows the card as its receiver sees it; resolves with whether they open it. */
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
