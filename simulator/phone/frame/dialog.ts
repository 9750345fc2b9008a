import { buttonEl, byId, el } from './dom'

interface DialogOptions<T> {
  /** `modal` is centred, `sheet` slides in from the bottom */
  kind: 'modal' | 'sheet'
  role?: 'dialog' | 'alertdialog'
  label: string
  /** the outcome when Escape is pressed */
  cancelled: T
}

/**
 * Opens a dialog inside the phone. Resolves with what the nodes of `fill` pass to `close`. While it is
 * open, everything behind it is inert; closing it restores the focus.
 */
export function openDialog<T>(
  { kind, role = 'dialog', label, cancelled }: DialogOptions<T>,
  fill: (close: (outcome: T) => void) => Node[],
): Promise<T> {
  const dialogs = byId('dialogs')
  const previousFocus = document.activeElement
  return new Promise((resolve) => {
    const close = (outcome: T) => {
      curtain.remove()
      updateInert()
      if (previousFocus instanceof HTMLElement) previousFocus.focus()
      resolve(outcome)
    }
    const panel = el('section', kind, ...fill(close))
    panel.role = role
    panel.ariaModal = 'true'
    panel.ariaLabel = label
    panel.tabIndex = -1
    const curtain = el('div', 'curtain', panel)
    curtain.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close(cancelled)
    })
    dialogs.append(curtain)
    updateInert()
    panel.focus()
  })
}

/** Cancels the topmost dialog. @returns whether a dialog was open */
export function cancelDialog(): boolean {
  const top = byId('dialogs').lastElementChild
  return top?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })) ?? false
}

/** Makes everything behind the topmost dialog inert. */
function updateInert(): void {
  const dialogs = byId('dialogs')
  const open = [...dialogs.children] as HTMLElement[]
  for (const behind of open) behind.inert = behind !== open.at(-1)
  for (const id of ['screen', 'navigation-bar']) byId(id).inert = open.length > 0
}

export function dialogButton(kind: 'main' | 'plain', label: string, onClick: () => void) {
  return buttonEl(`dialog-button ${kind}`, label, onClick)
}
