import type { Theme } from '../protocol/program'

/** What the phone is set to, beside the shopper who holds it. */
export interface Settings {
  theme: Theme
  /** of the screen, px */
  width: '320' | '375' | '430'
  /** WeChat's own font size: see `fontSizes` */
  font: 'normal' | 'large' | 'largest'
  /** `slow`: what crosses it takes `SLOWER` ms longer; `offline`: it fails at once */
  network: 'good' | 'slow' | 'offline'
}

export type SettingName = keyof Settings

/** The values of each setting, in the order in which the panel offers them. */
export const choices: { readonly [Name in SettingName]: readonly Settings[Name][] } = {
  theme: ['light', 'dark'],
  width: ['320', '375', '430'],
  font: ['normal', 'large', 'largest'],
  network: ['good', 'slow', 'offline'],
}

const DEFAULTS: Settings = { theme: 'light', width: '375', font: 'normal', network: 'good' }

/**
 * px of WeChat's font size, `fontSizeSetting`. The steps of the real one (我 → 设置 → 字体大小) differ
 * from client to client; these are its default and two of the larger.
 */
export const fontSizes: Record<Settings['font'], number> = { normal: 16, large: 20, largest: 26 }

const names = Object.keys(choices) as SettingName[]
const current = readAddress()
const listeners: [SettingName, () => void][] = []

export function setting<Name extends SettingName>(name: Name): Settings[Name] {
  return current[name]
}

/** Changes a setting: the address has it at once, so that a reload and links keep it. */
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

/** The query of an address of this page with the settings of this phone, for another shopper. */
export function searchFor(shopper: number): string {
  const query = new URLSearchParams(location.search)
  query.set('shopper', String(shopper))
  return `?${query}`
}

/** Back and forward lead to entries of the history whose address has the settings of then. */
export function keepSettingsInAddress(): void {
  window.addEventListener('popstate', writeAddress)
}

/** A value that there is not means the default. */
function readAddress(): Settings {
  const query = new URLSearchParams(location.search)
  const read = <Name extends SettingName>(name: Name): Settings[Name] =>
    choices[name].find((value) => value === query.get(name)) ?? DEFAULTS[name]
  return {
    theme: read('theme'),
    width: read('width'),
    font: read('font'),
    network: read('network'),
  }
}

function writeAddress(): void {
  const query = new URLSearchParams(location.search)
  for (const name of names) {
    if (current[name] === DEFAULTS[name]) query.delete(name)
    else query.set(name, current[name])
  }
  const search = query.size > 0 ? `?${query}` : location.pathname
  history.replaceState(history.state, '', search + location.hash)
}
