import type { Theme, WindowColors, WindowConfig } from '../protocol/program'
import type { Json } from './json'
import type { Sources } from './sources'
import { type ThemeVariables, THEMES } from './theme'

/** The window settings that may refer to a theme variable (WeChat's "DarkMode 适配指南"). */
const THEMED = [
  'navigationBarBackgroundColor',
  'navigationBarTextStyle',
  'backgroundColor',
  'backgroundColorTop',
  'backgroundColorBottom',
  'backgroundTextStyle',
]

const UNTHEMED = ['navigationBarTitleText', 'enablePullDownRefresh', 'onReachBottomDistance']

interface Settings {
  /** app.json's `window` */
  app: Json
  /** the page's own JSON, from `file` */
  page: Json
  file: string
}

/** Returns a page's window settings, with the variables of theme.json replaced by their values. */
export function windowConfig(
  sources: Sources,
  { app, page, file }: Settings,
  theme: ThemeVariables | undefined,
): WindowConfig {
  for (const key of THEMED) {
    if (key in page) checkVariable(sources, file, page[key], theme)
    else checkVariable(sources, 'app.json', app[key], theme)
  }
  const settings = { ...app, ...page }
  const pick = (keys: string[], value: (key: string) => unknown) =>
    Object.fromEntries(keys.filter((key) => key in settings).map((key) => [key, value(key)]))
  const colors = THEMES.map((name) => [
    name,
    pick(THEMED, (key) => resolved(settings[key], theme?.[name])),
  ])
  return {
    ...pick(UNTHEMED, (key) => settings[key]),
    colors: Object.fromEntries(colors) as Record<Theme, WindowColors>,
  }
}

function resolved(value: unknown, variables: Json | undefined): unknown {
  return isVariable(value) ? variables?.[value.slice(1)] : value
}

function checkVariable(
  sources: Sources,
  file: string,
  value: unknown,
  theme: ThemeVariables | undefined,
): void {
  if (!isVariable(value)) return
  const name = value.slice(1)
  if (theme && (Object.hasOwn(theme.light, name) || Object.hasOwn(theme.dark, name))) return
  const place = sources.text(file).indexOf(JSON.stringify(value))
  const text = theme
    ? `theme.json does not define ${name}`
    : `${value} needs "darkmode": true and a sound themeLocation in app.json`
  if (sources.problems.some((problem) => problem.text === text)) return
  sources.report(file, place, text)
}

function isVariable(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('@')
}
