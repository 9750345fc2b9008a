import { byId } from './dom'

export type ToastIcon = 'success' | 'error' | 'loading' | 'none'

let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Shows a toast. wx.showToast and wx.showLoading use the same view: showing one replaces the other,
 * and hiding either hides the view.
 * @param duration ms; without it the toast stays until it is hidden
 */
export function showToast(title: string, icon: ToastIcon, mask: boolean, duration?: number): void {
  hideToast()
  const toast = byId('toast')
  toast.dataset.icon = icon
  toast.textContent = title
  toast.hidden = false
  byId('toast-mask').hidden = !mask
  if (duration !== undefined) timer = setTimeout(hideToast, duration)
}

export function hideToast(): void {
  clearTimeout(timer)
  byId('toast').hidden = true
  byId('toast-mask').hidden = true
}
