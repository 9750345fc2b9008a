import { byId } from './dom'
import { FONT_SIZES, onSettingChange, setting } from './settings'

/**
 * Applies the settings of theme, width and font to the phone, now and after every change. Its style
 * sheets use the custom properties that are set here, and `@media (prefers-color-scheme)` in WXSS is
 * compiled to `data-theme`.
 */
export function applySettings(): void {
  const phone = byId('phone')
  const follow = (name: Parameters<typeof onSettingChange>[0], apply: () => void) => {
    apply()
    onSettingChange(name, apply)
  }
  follow('theme', () => (phone.dataset.theme = setting('theme')))
  follow('width', () => phone.style.setProperty('--screen-width', `${setting('width')}px`))
  follow('font', () => {
    phone.style.setProperty('--font-size-setting', `${FONT_SIZES[setting('font')]}px`)
  })
}
