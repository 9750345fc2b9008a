import type { Theme } from '../protocol/program'
import { type Json, isObject, readJson } from './json'
import { type Sources, resolveFrom } from './sources'

export const THEMES: readonly Theme[] = ['light', 'dark']

/** The variables of theme.json: name without `@` → value, for each theme. */
export type ThemeVariables = Record<Theme, Json>

/**
 * Reads the file that app.json's `themeLocation` names (WeChat's "DarkMode 适配指南"). A variable
 * must be there for both themes.
 * @returns undefined without `darkmode`, when variables have no meaning, or when the file is bad,
 * which is then reported
 */
export async function readTheme(sources: Sources, app: Json): Promise<ThemeVariables | undefined> {
  const { darkmode, themeLocation } = app
  if (darkmode !== true || typeof themeLocation !== 'string') return undefined
  const file = resolveFrom('app.json', themeLocation)
  if (!sources.has(file)) {
    const place = sources.text('app.json').indexOf('"themeLocation"')
    sources.problem('app.json', place, `${themeLocation} is missing`)
    return undefined
  }
  const theme = await readJson(sources, file)
  if (theme === undefined) return undefined
  const { light, dark } = theme
  if (!isObject(light) || !isObject(dark)) {
    sources.problem(file, 0, `${file} must have an object light and an object dark`)
    return undefined
  }
  for (const name of Object.keys({ ...light, ...dark })) {
    const missing = THEMES.find((key) => !Object.hasOwn(key === 'light' ? light : dark, name))
    if (!missing) continue
    const place = sources.text(file).indexOf(JSON.stringify(name))
    sources.problem(file, place, `${name} is not defined for ${missing}`)
  }
  return { light, dark }
}
