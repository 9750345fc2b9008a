import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { readJson } from '../../../project/read-json'
import { type Check, errorAt } from '../check'
import { appAndPageJson, filesIn } from '../project-files'

interface AppJson {
  darkmode?: boolean
  themeLocation?: string
}

type Theme = Record<'light' | 'dark', Record<string, string> | undefined>

/**
 * Finds `@names` in app.json and in the JSON of pages that do not have a colour in both themes
 * (DarkMode 适配指南).
 */
export const theme: Check = { name: 'colours of both themes', run: checkTheme }

function checkTheme(root: string): Problem[] {
  const app = readJson<AppJson>(root, 'miniprogram/app.json')
  const { themeLocation } = app
  const used = themeVariables(root)
  if (themeLocation === undefined) return app.darkmode || used.length > 0 ? [NO_THEME] : []

  const file = `miniprogram/${themeLocation}`
  const { light = {}, dark = {} } = readJson<Theme>(root, file)
  const names = new Set([...used, ...Object.keys(light), ...Object.keys(dark)])
  const lacking = (name: string, colours: Record<string, string>, which: string): Problem[] =>
    name in colours
      ? []
      : [errorAt(file, `${which} has no ${name}`, `give ${which} a colour ${name}`)]
  return [...names].flatMap((name) => [
    ...lacking(name, light, 'light'),
    ...lacking(name, dark, 'dark'),
  ])
}

const NO_THEME = errorAt(
  'miniprogram/app.json',
  'has a dark mode or @variables, but no themeLocation',
  'name the theme file: "themeLocation": "theme.json"',
)

/** Returns the names behind the @ of all strings in app.json and the JSON of pages and components. */
function themeVariables(root: string): string[] {
  return appAndPageJson(root)
    .flatMap((file) => stringsIn(readJson<unknown>(root, file)))
    .filter((text) => text.startsWith('@'))
    .map((text) => text.slice(1))
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsIn)
}

/** Finds `var(--x)` in WXSS that no sheet defines. The declaration then has no effect. */
export const styleVariables: Check = { name: 'variables of WXSS', run: checkStyleVariables }

function checkStyleVariables(root: string): Problem[] {
  const files = filesIn(path.join(root, 'miniprogram'))
    .filter((file) => /\.(wxss|wxml)$/.test(file))
    .map((file) => `miniprogram/${file}`)
  const texts = files.map((file) => ({ file, text: textOf(path.join(root, file)) }))
  const defined = new Set(texts.flatMap(({ text }) => namesIn(text, /(--[\w-]+)\s*:/g)))
  return texts.flatMap(({ file, text }) =>
    // A var() with a fallback value needs no definition.
    namesIn(text, /\bvar\(\s*(--[\w-]+)\s*\)/g)
      .filter((name) => !defined.has(name))
      .map((name) =>
        errorAt(
          file,
          `uses var(${name}), which no sheet defines`,
          'define it in app.wxss, or correct the name',
        ),
      ),
  )
}

const textOf = (file: string) => readFileSync(file, 'utf8').replace(/\/\*.*?\*\//gs, '')

const namesIn = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, name = '']) => name)),
]
