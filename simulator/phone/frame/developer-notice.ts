import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/**
 * Shows why WeChat refused a payment: the message of a real phone, and the actual cause, which a real
 * phone does not show.
 */
export function openDeveloperNotice(reason: string, detail: string | undefined): Promise<void> {
  return openDialog<void>(
    { kind: 'modal', role: 'alertdialog', label: '支付没有完成', cancelled: undefined },
    (close) => [
      el('h2', 'modal-title', '支付没有完成'),
      el('p', 'modal-content', reason),
      ...(detail ? [el('pre', 'notice-detail', detail)] : []),
      el('p', 'notice-note', '给开发者看的真实原因，手机上没有'),
      el(
        'footer',
        'choices',
        dialogButton('plain', '知道了', () => close()),
      ),
    ],
  )
}
