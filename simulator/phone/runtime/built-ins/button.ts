import { setRole } from '../engine/aria'
import { type BuiltInDefinition, hostOf } from '../engine/glass-easel'

/** A share button, as onShareAppMessage receives it. */
export interface ShareTarget {
  id: string
  dataset: Record<string, unknown>
}

const SHARE_TAPPED = 'share-tapped'

export const button: BuiltInDefinition = {
  properties: {
    type: String,
    size: String,
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    openType: String,
  },
  created() {
    const host = hostOf(this)
    setRole(host, 'button')
    this.addListener('tap', () => {
      if (this.data.openType !== 'share') return
      const detail: ShareTarget = { id: this.id, dataset: this.dataset }
      host.dispatchEvent(new CustomEvent(SHARE_TAPPED, { bubbles: true, detail }))
    })
  },
  observers: {
    disabled(disabled) {
      const host = hostOf(this)
      host.ariaDisabled = disabled ? 'true' : null
      host.tabIndex = disabled ? -1 : 0
    },
    loading(loading) {
      hostOf(this).ariaBusy = loading ? 'true' : null
    },
  },
}

/** Calls `listener` whenever a `<button open-type="share">` inside `screen` is tapped. */
export function onShareTap(screen: HTMLElement, listener: (target: ShareTarget) => void): void {
  screen.addEventListener(SHARE_TAPPED, (event) => {
    if (event instanceof CustomEvent) listener(event.detail as ShareTarget)
  })
}
