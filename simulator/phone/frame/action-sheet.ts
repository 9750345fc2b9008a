import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

/** Opens wx.showActionSheet's sheet. Resolves with the index of the chosen item, if any. */
export function openActionSheet(items: string[], color: string): Promise<number | undefined> {
  return openDialog<number | undefined>(
    { kind: 'sheet', label: '请选择', cancelled: undefined },
    (close) => {
      const choices = items.map((item, index) => {
        const choice = dialogButton('plain', item, () => close(index))
        choice.style.color = color
        return choice
      })
      const cancel = dialogButton('plain', '取消', () => close(undefined))
      return [
        el('div', 'choices stacked', ...choices),
        el('footer', 'choices stacked apart', cancel),
      ]
    },
  )
}
