import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/**
 * Opens the menu of the capsule. Resolves with whether the page is to be shared.
 * @param canShare whether the page defines onShareAppMessage
 */
export function openShareMenu(canShare: boolean): Promise<boolean> {
  return openDialog({ kind: 'sheet', label: '更多', cancelled: false }, (close) => [
    canShare
      ? el(
          'div',
          'choices stacked',
          dialogButton('plain', '转发给朋友', () => close(true)),
        )
      : el('p', 'menu-note', '当前页面不能转发：它没有定义 onShareAppMessage'),
    el(
      'footer',
      'choices stacked apart',
      dialogButton('plain', '取消', () => close(false)),
    ),
  ])
}
