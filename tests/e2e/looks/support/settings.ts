/** How the phone is set, in the values of its address. */
export interface Settings {
  theme: 'light' | 'dark'
  font: 'normal' | 'largest'
  width: '320' | '375'
}

/** What the buttons beside the phone say, by the name of their group. */
export const buttons = {
  theme: { group: '主题', light: '浅色', dark: '深色' },
  font: { group: '微信字号', normal: '标准', largest: '最大' },
  width: { group: '屏幕宽度', 320: '320', 375: '375' },
} as const

/** Every combination, each one button away from the one before. */
export const combinations: Settings[] = [
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
