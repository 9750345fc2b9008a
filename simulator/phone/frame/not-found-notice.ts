import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/** Shows that an address names no page. @param reason the message of the refused navigation */
export function openNotFoundNotice(reason: string): void {
  void openDialog<void>(
    { kind: 'modal', role: 'alertdialog', label: '页面不存在', cancelled: undefined },
    (close) => [
      el('h2', 'modal-title', '页面不存在'),
      el('p', 'modal-content', reason),
      el(
        'footer',
        'choices',
        dialogButton('plain', '知道了', () => close()),
      ),
    ],
  )
}
