import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

export interface ModalOptions {
  title: string
  content: string
  showCancel: boolean
  cancelText: string
  cancelColor: string
  confirmText: string
  confirmColor: string
}

/** Opens wx.showModal's dialog. Resolves with whether it was confirmed. */
export function openModal(options: ModalOptions): Promise<boolean> {
  const { title, content } = options
  return openDialog({ kind: 'modal', label: title || content, cancelled: false }, (close) => {
    const confirm = dialogButton('plain', options.confirmText, () => close(true))
    confirm.style.color = options.confirmColor
    const buttons = el('footer', 'choices', confirm)
    if (options.showCancel) {
      const cancel = dialogButton('plain', options.cancelText, () => close(false))
      cancel.style.color = options.cancelColor
      buttons.prepend(cancel)
    }
    return [
      ...(title ? [el('h2', 'modal-title', title)] : []),
      ...(content ? [el('p', 'modal-content', content)] : []),
      buttons,
    ]
  })
}
