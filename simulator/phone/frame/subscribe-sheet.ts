import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/** Opens WeChat's sheet that asks to allow subscribe messages. Resolves with whether they are allowed. */
export function openSubscribeSheet(titles: string[]): Promise<boolean> {
  return openDialog({ kind: 'sheet', label: '订阅消息', cancelled: false }, (close) => [
    el('h2', 'subscribe-title', '小程序申请向你发送消息'),
    el('ul', 'subscribe-templates', ...titles.map((title) => el('li', '', title))),
    el(
      'footer',
      'subscribe-buttons',
      dialogButton('plain', '取消', () => close(false)),
      dialogButton('main', '允许', () => close(true)),
    ),
  ])
}
