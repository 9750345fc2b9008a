import type { Check, Fault } from './check'
import { appAndPageJson, readJson } from './files'

interface AppJson {
  darkmode?: boolean
  themeLocation?: string
}

type Theme = Record<'light' | 'dark', Record<string, string> | undefined>

/** Every `@name` in app.json and in a page's JSON has a colour in both themes (DarkMode 适配指南). */
export const theme: Check = { name: 'colours of both themes', run }

function run(root: string): Fault[] {
  const app = readJson<AppJson>(root, 'miniprogram/app.json')
  const { themeLocation } = app
  const used = variables(root)
  if (themeLocation === undefined) return app.darkmode || used.length > 0 ? [noTheme] : []

  const file = `miniprogram/${themeLocation}`
  const { light = {}, dark = {} } = readJson<Theme>(root, file)
  const names = new Set([...used, ...Object.keys(light), ...Object.keys(dark)])
  const lacking = (name: string, colours: Record<string, string>, which: string): Fault[] =>
    name in colours
      ? []
      : [{ file, problem: `${which} has no ${name}`, remedy: `give ${which} a colour ${name}` }]
  return [...names].flatMap((name) => [
    ...lacking(name, light, 'light'),
    ...lacking(name, dark, 'dark'),
  ])
}

const noTheme: Fault = {
  file: 'miniprogram/app.json',
  problem: 'has a dark mode or @variables, but no themeLocation',
  remedy: 'name the theme file: "themeLocation": "theme.json"',
}

/** The names behind the @ of all texts in app.json and the JSON of pages and components. */
function variables(root: string): string[] {
  return appAndPageJson(root)
    .flatMap((file) => textsIn(readJson<unknown>(root, file)))
    .filter((text) => text.startsWith('@'))
    .map((text) => text.slice(1))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
