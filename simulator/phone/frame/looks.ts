import { byId } from './dom'
import { fontSizes, onSettingChange, setting } from './settings'

/**
 * Makes the phone look as it is set. Its style sheets refer to the custom properties that are set
 * here, and `data-theme` is what `@media (prefers-color-scheme)` in WXSS means.
 */
export function followSettings(): void {
  const phone = byId('phone')
  const follow = (name: Parameters<typeof onSettingChange>[0], apply: () => void) => {
    apply()
    onSettingChange(name, apply)
  }
  follow('theme', () => (phone.dataset.theme = setting('theme')))
  follow('width', () => phone.style.setProperty('--screen-width', `${setting('width')}px`))
  follow('font', () => {
    phone.style.setProperty('--font-size-setting', `${fontSizes[setting('font')]}px`)
  })
}
