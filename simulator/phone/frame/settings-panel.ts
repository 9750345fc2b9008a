import { buttonEl, byId, el } from './dom'
import { changeSetting, CHOICES, onSettingChange, setting, type SettingName } from './settings'

const LABELS: Record<SettingName, [label: string, values: Record<string, string>]> = {
  theme: ['主题', { light: '浅色', dark: '深色' }],
  width: ['屏幕宽度', {}],
  font: ['微信字号', { normal: '标准', large: '大', largest: '最大' }],
  network: ['网络', { good: '正常', slow: '慢', offline: '断网' }],
}

/** Draws the settings of the phone as groups of buttons in the panel. */
export function listSettings(): void {
  const names = Object.keys(CHOICES) as SettingName[]
  byId('settings').replaceChildren(...names.map(group))
}

function group<Name extends SettingName>(name: Name): HTMLElement {
  const [label, values] = LABELS[name]
  const buttons = CHOICES[name].map((value) => {
    const button = buttonEl('', values[value] ?? value, () => changeSetting(name, value))
    const mark = () => {
      button.ariaPressed = String(setting(name) === value)
    }
    mark()
    onSettingChange(name, mark)
    return button
  })
  const row = el('div', 'segments', ...buttons)
  row.role = 'group'
  row.ariaLabel = label
  return el('section', 'setting', el('h3', '', label), row)
}
