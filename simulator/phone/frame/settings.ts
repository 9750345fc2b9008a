import type { Theme } from '../protocol/program'

/** The settings of the phone, without its shopper. */
export interface Settings {
  theme: Theme
  /** the width of the screen, px */
  width: '320' | '375' | '430'
  /** WeChat's own font size: see `FONT_SIZES` */
  font: 'normal' | 'large' | 'largest'
  /** `slow`: requests take `SLOW_NETWORK_DELAY` ms longer; `offline`: they fail at once */
  network: 'good' | 'slow' | 'offline'
}

export type SettingName = keyof Settings

/** The values of each setting, in the order in which the panel offers them. */
export const CHOICES: { readonly [Name in SettingName]: readonly Settings[Name][] } = {
  theme: ['light', 'dark'],
  width: ['320', '375', '430'],
  font: ['normal', 'large', 'largest'],
  network: ['good', 'slow', 'offline'],
}

const DEFAULTS: Settings = { theme: 'light', width: '375', font: 'normal', network: 'good' }

/**
 * px of WeChat's font size, `fontSizeSetting`. The steps of the real setting (我 → 设置 → 字体大小)
 * differ between clients; these are the default and two larger steps.
 */
export const FONT_SIZES: Record<Settings['font'], number> = { normal: 16, large: 20, largest: 26 }

const NAMES = Object.keys(CHOICES) as SettingName[]
const current = readAddress()
const listeners: [SettingName, () => void][] = []

export function setting<Name extends SettingName>(name: Name): Settings[Name] {
  return current[name]
}

/** Changes a setting and writes it to the address at once, so that a reload and links keep it. */
export function changeSetting<Name extends SettingName>(name: Name, value: Settings[Name]): void {
  if (current[name] === value) return
  current[name] = value
  writeAddress()
  for (const [changed, listener] of listeners) if (changed === name) listener()
}

/** Calls `listener` after every change of a setting. */
export function onSettingChange(name: SettingName, listener: () => void): void {
  listeners.push([name, listener])
}

/** Returns the query of the phone of another shopper, with the settings of this phone. */
export function searchFor(shopper: number): string {
  const query = new URLSearchParams(location.search)
  query.set('shopper', String(shopper))
  return `?${query}`
}

/** Writes the current settings to the address after Back and Forward, which restore an older one. */
export function keepSettingsInAddress(): void {
  window.addEventListener('popstate', writeAddress)
}

/** Reads the settings from the address. An unknown value means the default. */
function readAddress(): Settings {
  const query = new URLSearchParams(location.search)
  const read = <Name extends SettingName>(name: Name): Settings[Name] =>
    CHOICES[name].find((value) => value === query.get(name)) ?? DEFAULTS[name]
  return {
    theme: read('theme'),
    width: read('width'),
    font: read('font'),
    network: read('network'),
  }
}

function writeAddress(): void {
  const query = new URLSearchParams(location.search)
  for (const name of NAMES) {
    if (current[name] === DEFAULTS[name]) query.delete(name)
    else query.set(name, current[name])
  }
  const search = query.size > 0 ? `?${query}` : location.pathname
  history.replaceState(history.state, '', search + location.hash)
}
