import type { Theme } from '../protocol/program'
import { type Json, isObject, readJson } from './json'
import { type Sources, resolveFrom } from './sources'

export const THEMES: readonly Theme[] = ['light', 'dark']

/** The variables of theme.json for each theme: name without `@` → value. */
export type ThemeVariables = Record<Theme, Json>

/**
 * Reads the file that app.json's `themeLocation` names (WeChat's "DarkMode 适配指南"). Each variable
 * must be defined for both themes.
 * @returns undefined without `darkmode`, which variables need, or when the file is invalid, which is
 * then reported
 */
export async function readTheme(sources: Sources, app: Json): Promise<ThemeVariables | undefined> {
  const { darkmode, themeLocation } = app
  if (darkmode !== true || typeof themeLocation !== 'string') return undefined
  const file = resolveFrom('app.json', themeLocation)
  if (!sources.has(file)) {
    const place = sources.text('app.json').indexOf('"themeLocation"')
    sources.report('app.json', place, `${themeLocation} is missing`)
    return undefined
  }
  const theme = await readJson(sources, file)
  if (theme === undefined) return undefined
  const { light, dark } = theme
  if (!isObject(light) || !isObject(dark)) {
    sources.report(file, 0, `${file} must have an object light and an object dark`)
    return undefined
  }
  for (const name of Object.keys({ ...light, ...dark })) {
    const missing = THEMES.find((key) => !Object.hasOwn(key === 'light' ? light : dark, name))
    if (!missing) continue
    const place = sources.text(file).indexOf(JSON.stringify(name))
    sources.report(file, place, `${name} is not defined for ${missing}`)
  }
  return { light, dark }
}
