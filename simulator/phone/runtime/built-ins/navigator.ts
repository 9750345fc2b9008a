import { setRole } from '../engine/aria'
import { type BuiltInDefinition, hostOf } from '../engine/glass-easel'

/** The navigation that a tapped `<navigator>` requests. */
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
    // The component listens, so that catchtap on a node inside stops the navigation, as on a real phone.
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
