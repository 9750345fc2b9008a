import type { Program, Unit, WindowConfig } from '../protocol/program'
import { type Json, isObject, readJson } from './json'
import { type Sources, resolveFrom } from './sources'
import { type ThemeVariables, readTheme } from './theme'
import { windowConfig } from './window'

const LOGIC = ['.ts', '.js']

/** The visible parts of app.json that this phone does not support. */
const NOT_DRAWN = ['tabBar', 'subPackages', 'subpackages', 'plugins', 'entryPagePath']

/**
 * Reads app.json and the JSON files of all pages and components that can be reached from it.
 * @returns undefined when app.json is missing or invalid, which is then reported
 */
export async function readProgram(sources: Sources): Promise<Omit<Program, 'appid'> | undefined> {
  if (!sources.has('app.json')) {
    sources.report('app.json', 0, 'app.json is missing')
    return undefined
  }
  const app = await readJson(sources, 'app.json')
  if (app === undefined) return undefined
  const at = (text: string) => sources.text('app.json').indexOf(JSON.stringify(text))
  for (const key of NOT_DRAWN.filter((key) => key in app)) {
    sources.report('app.json', at(key), `The simulator's phone has no ${key}`)
  }
  if (!sources.find('app', LOGIC)) sources.report('app.json', 0, 'app.ts is missing')
  const sitemap = app.sitemapLocation
  if (typeof sitemap === 'string' && !sources.has(resolveFrom('app.json', sitemap))) {
    sources.report('app.json', at(sitemap), `${sitemap} is missing`)
  }
  const pages = Array.isArray(app.pages) ? app.pages.filter((page) => typeof page === 'string') : []
  if (pages.length === 0) sources.report('app.json', at('pages'), 'pages must name a page')

  const reader = new UnitReader(sources, app, await readTheme(sources, app))
  for (const page of pages) {
    if (hasParts(sources, page, 'app.json', at(page), 'page')) await reader.add(page, true)
  }
  const { units, windows } = reader
  const title = isObject(app.window) ? app.window.navigationBarTitleText : undefined
  const name = typeof title === 'string' ? title : '小程序'
  return {
    name,
    styleV2: app.style === 'v2',
    darkmode: app.darkmode === true,
    pages,
    windows,
    units,
  }
}

class UnitReader {
  readonly units: Record<string, Unit> = {}
  readonly windows: Record<string, WindowConfig> = {}
  readonly #sources: Sources
  readonly #app: Json
  readonly #theme: ThemeVariables | undefined

  constructor(sources: Sources, app: Json, theme: ThemeVariables | undefined) {
    this.#sources = sources
    this.#app = app
    this.#theme = theme
  }

  async add(unit: string, page: boolean): Promise<void> {
    if (unit in this.units) return
    const file = `${unit}.json`
    const config = this.#sources.has(file) ? await readJson(this.#sources, file) : {}
    if (config === undefined) return
    const built: Unit = { page, usingComponents: {} }
    if (page) this.windows[unit] = this.#window(file, config)
    else built.styleScope = unit.replaceAll(/\W/g, '_')
    if (typeof config.styleIsolation === 'string') built.styleIsolation = config.styleIsolation
    this.units[unit] = built
    await this.#using(built, 'app.json', this.#app.usingComponents)
    await this.#using(built, file, config.usingComponents)
  }

  #window(file: string, page: Json): WindowConfig {
    const app = isObject(this.#app.window) ? this.#app.window : {}
    return windowConfig(this.#sources, { app, page, file }, this.#theme)
  }

  async #using(unit: Unit, file: string, usingComponents: unknown): Promise<void> {
    if (!isObject(usingComponents)) return
    for (const [tag, reference] of Object.entries(usingComponents)) {
      const target = resolveFrom(file, String(reference))
      const place = this.#sources.text(file).indexOf(JSON.stringify(tag))
      if (!hasParts(this.#sources, target, file, place, 'component')) continue
      unit.usingComponents[tag] = `/${target}`
      await this.add(target, false)
    }
  }
}

/** Checks that a page or component has a template and code. Reports a missing file where it is named. */
function hasParts(sources: Sources, unit: string, file: string, place: number, kind: string) {
  const missing = [
    ...(sources.has(`${unit}.wxml`) ? [] : ['.wxml']),
    ...(sources.find(unit, LOGIC) ? [] : ['.ts']),
  ]
  if (missing.length === 2) sources.report(file, place, `There is no ${kind} ${unit}`)
  else if (missing.length === 1) sources.report(file, place, `${unit}${missing[0]} is missing`)
  return missing.length === 0
}
