import { setRole } from '../engine/aria'
import { type BuiltInDefinition, hostOf } from '../engine/glass-easel'

/** What a tapped `<navigator>` asks the phone to do. */
export interface NavigatorTap {
  openType: string
  url: string
  delta: number
}

const TAPPED = 'navigator-tapped'

export const navigator: BuiltInDefinition = {
  properties: {
    url: String,
    openType: { type: String, value: 'navigate' },
    delta: { type: Number, value: 1 },
  },
  created() {
    const host = hostOf(this)
    setRole(host, 'link')
    // a listener of the component, so that catchtap inside stops it, as on a phone
    this.addListener('tap', () => {
      host.dispatchEvent(new CustomEvent(TAPPED, { bubbles: true, detail: this.data }))
    })
  },
}

/** Calls `listener` whenever a `<navigator>` inside `screen` is tapped. */
export function onNavigatorTap(screen: HTMLElement, listener: (tap: NavigatorTap) => void): void {
  screen.addEventListener(TAPPED, (event) => {
    if (event instanceof CustomEvent) listener(event.detail as NavigatorTap)
  })
}
