import type { Program, Unit, WindowConfig } from '../protocol'
import type { Json } from './json'
import { isObject, readJson } from './json'
import type { Sources } from './sources'
import { resolveFrom } from './sources'

const LOGIC = ['.ts', '.js']

const WINDOW_SETTINGS: (keyof WindowConfig)[] = [
  'navigationBarTitleText',
  'navigationBarBackgroundColor',
  'navigationBarTextStyle',
  'backgroundColor',
  'enablePullDownRefresh',
  'onReachBottomDistance',
]

/** Parts of app.json that change what a shopper sees and that this phone does not draw. */
const NOT_DRAWN = ['tabBar', 'subPackages', 'subpackages', 'plugins', 'entryPagePath']

/**
 * Reads app.json and the JSON files of all pages and components that can be reached from it.
 * @returns undefined when there is nothing to build on; the reason is then among the problems
 */
export async function readProgram(sources: Sources): Promise<Omit<Program, 'appid'> | undefined> {
  if (!sources.has('app.json')) {
    sources.problem('app.json', 0, 'app.json is missing')
    return undefined
  }
  const app = await readJson(sources, 'app.json')
  if (app === undefined) return undefined
  const at = (text: string) => sources.text('app.json').indexOf(JSON.stringify(text))
  for (const key of NOT_DRAWN.filter((key) => key in app)) {
    sources.problem('app.json', at(key), `The simulator's phone has no ${key}`)
  }
  if (!sources.find('app', LOGIC)) sources.problem('app.json', 0, 'app.ts is missing')
  const sitemap = app.sitemapLocation
  if (typeof sitemap === 'string' && !sources.has(resolveFrom('app.json', sitemap))) {
    sources.problem('app.json', at(sitemap), `${sitemap} is missing`)
  }
  const pages = Array.isArray(app.pages) ? app.pages.filter((page) => typeof page === 'string') : []
  if (pages.length === 0) sources.problem('app.json', at('pages'), 'pages must name a page')

  const reader = new UnitReader(sources, app)
  for (const page of pages) {
    if (hasParts(sources, page, 'app.json', at(page), 'page')) await reader.add(page, true)
  }
  return { styleV2: app.style === 'v2', pages, units: reader.units }
}

class UnitReader {
  readonly units: Record<string, Unit> = {}
  readonly #sources: Sources
  readonly #app: Json

  constructor(sources: Sources, app: Json) {
    this.#sources = sources
    this.#app = app
  }

  async add(unit: string, page: boolean): Promise<void> {
    if (unit in this.units) return
    const file = `${unit}.json`
    const config = this.#sources.has(file) ? await readJson(this.#sources, file) : {}
    if (config === undefined) return
    const built: Unit = { page, window: page ? this.#window(config) : {}, usingComponents: {} }
    if (!page) built.styleScope = unit.replaceAll(/\W/g, '_')
    if (typeof config.styleIsolation === 'string') built.styleIsolation = config.styleIsolation
    this.units[unit] = built
    await this.#using(built, 'app.json', this.#app.usingComponents)
    await this.#using(built, file, config.usingComponents)
  }

  #window(config: Json): WindowConfig {
    const settings = { ...(isObject(this.#app.window) ? this.#app.window : {}), ...config }
    return Object.fromEntries(WINDOW_SETTINGS.map((key) => [key, settings[key]]))
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

/** A page or component is a template and code; what is missing is reported where it was named. */
function hasParts(sources: Sources, unit: string, file: string, place: number, kind: string) {
  const missing = [
    ...(sources.has(`${unit}.wxml`) ? [] : ['.wxml']),
    ...(sources.find(unit, LOGIC) ? [] : ['.ts']),
  ]
  if (missing.length === 2) sources.problem(file, place, `There is no ${kind} ${unit}`)
  else if (missing.length === 1) sources.problem(file, place, `${unit}${missing[0]} is missing`)
  return missing.length === 0
}
