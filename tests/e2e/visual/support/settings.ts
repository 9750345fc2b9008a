/** The settings of the phone, with the values of its address. */
export interface Settings {
  theme: 'light' | 'dark'
  font: 'normal' | 'largest'
  width: '320' | '375'
}

/** The group and the labels of the buttons in the panel. */
const BUTTONS: {
  [Name in keyof Settings]: [group: string, values: Record<Settings[Name], string>]
} = {
  theme: ['主题', { light: '浅色', dark: '深色' }],
  font: ['微信字号', { normal: '标准', largest: '最大' }],
  width: ['屏幕宽度', { 320: '320', 375: '375' }],
}

/** Returns the group and the label of each button that applies the settings. */
export function labelsOf(settings: Partial<Settings>): [group: string, label: string][] {
  return Object.entries(settings).map(([name, value]) => {
    const [group, values]: [string, Record<string, string>] = BUTTONS[name as keyof Settings]
    return [group, values[value]!]
  })
}

/** Every combination, in an order in which each differs from the previous one by one button. */
export const COMBINATIONS: Settings[] = [
  { theme: 'light', font: 'normal', width: '375' },
  { theme: 'dark', font: 'normal', width: '375' },
  { theme: 'dark', font: 'normal', width: '320' },
  { theme: 'light', font: 'normal', width: '320' },
  { theme: 'light', font: 'largest', width: '320' },
  { theme: 'dark', font: 'largest', width: '320' },
  { theme: 'dark', font: 'largest', width: '375' },
  { theme: 'light', font: 'largest', width: '375' },
]

export function nameOf({ theme, font, width }: Settings): string {
  return `${theme}, ${font} font, ${width} px`
}
