import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Check, Fault } from './check'
import { appAndPageJson, readJson } from './files'

/** What app.json and the JSON of pages and components say about other files. */
interface NamingJson {
  pages?: string[]
  sitemapLocation?: string
  themeLocation?: string
  usingComponents?: Record<string, string>
}

/** Every page, component, sitemap and theme file that a JSON file names is present. */
export const namedFiles: Check = {
  name: 'files that app.json and pages name',
  run: (root) => appAndPageJson(root).flatMap((file) => missingFiles(root, file)),
}

function missingFiles(root: string, by: string): Fault[] {
  const json = readJson<NamingJson>(root, by)
  const { pages = [], sitemapLocation, themeLocation, usingComponents = {} } = json
  const units = [...pages.map(fromTop), ...Object.values(usingComponents).map(fromFileOf(by))]
  const located = [sitemapLocation, themeLocation].filter((file) => file !== undefined)
  return [...units.flatMap(filesOfUnit), ...located.map(fromTop)]
    .filter((file) => !existsSync(path.join(root, file)))
    .map((file) => ({
      file: by,
      problem: `names ${file}, which is missing`,
      remedy: 'add the file, or take its name out',
    }))
}

const fromTop = (name: string) => path.posix.join('miniprogram', name)

/** A component's path that begins with / starts at miniprogram/, any other where it is named. */
const fromFileOf = (by: string) => (name: string) =>
  name.startsWith('/') ? fromTop(name) : path.posix.join(path.posix.dirname(by), name)

/** The three files that a page or a component cannot do without. */
const filesOfUnit = (name: string) => ['.json', '.ts', '.wxml'].map((ending) => name + ending)
