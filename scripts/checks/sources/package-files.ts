import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { readJson } from '../../../project/read-json'
import { type Check, errorAt } from '../check'
import { appAndPageJson, filesIn } from '../project-files'

const MOVE = 'move it out of miniprogram/: DevTools would pack it'

/** The files of a mini program without packages; macOS leaves a .DS_Store in every folder. */
const OWN = /\.(ts|wxml|wxss|wxs|json|png|jpe?g|gif|svg|webp)$|(^|\/)\.DS_Store$/i

/** Problems of paths. The first pattern that matches a path decides. */
const STRAY: ReadonlyArray<[pattern: RegExp, problem: string, fix: string]> = [
  [
    /\.(p12|pem|key)$/i,
    "is packed into every shopper's phone",
    'delete it, and get a new API证书 (pay.weixin.qq.com: 账户中心 → API安全 → 商户API证书 → 申请新证书)',
  ],
  [/(^|\/)(node_modules|miniprogram_npm)\//, 'the mini program uses no npm packages', 'delete it'],
  [/\.(test|spec)\.\w+$/, 'is a test', MOVE],
  [/(^|\/)tsconfig[^/]*\.json$/, "is the compiler's configuration", MOVE],
  [/(^|\/)(package|package-lock)\.json$/, 'the mini program is not an npm package', MOVE],
  [/\.[cm]?js$/, 'is JavaScript among TypeScript: DevTools may take either', 'delete it'],
]

/** Finds files in miniprogram/ that do not belong there: DevTools packs all of it without a warning. */
export const strayFiles: Check = {
  name: 'nothing stray in miniprogram/',
  run: (root) => filesIn(path.join(root, 'miniprogram')).flatMap(strayProblems),
}

function strayProblems(file: string): Problem[] {
  const [, problem, fix] = STRAY.find(([pattern]) => pattern.test(file)) ?? []
  const where = `miniprogram/${file}`
  if (problem !== undefined && fix !== undefined) return [errorAt(where, problem, fix)]
  return OWN.test(file) ? [] : [errorAt(where, 'is not a file of a mini program', MOVE)]
}

/** The fields of app.json, pages and components that name other files. */
interface NamingJson {
  pages?: string[]
  sitemapLocation?: string
  themeLocation?: string
  usingComponents?: Record<string, string>
}

/** Finds pages, components, sitemaps and theme files that a JSON file names and that are missing. */
export const namedFiles: Check = {
  name: 'files that app.json and pages name',
  run: (root) => appAndPageJson(root).flatMap((file) => missingFiles(root, file)),
}

function missingFiles(root: string, by: string): Problem[] {
  const json = readJson<NamingJson>(root, by)
  const { pages = [], sitemapLocation, themeLocation, usingComponents = {} } = json
  const units = [...pages.map(fromTop), ...Object.values(usingComponents).map(fromFileOf(by))]
  const located = [sitemapLocation, themeLocation].filter((file) => file !== undefined)
  return [...units.flatMap(filesOfUnit), ...located.map(fromTop)]
    .filter((file) => !existsSync(path.join(root, file)))
    .map((file) =>
      errorAt(by, `names ${file}, which is missing`, 'add the file, or remove its name'),
    )
}

const fromTop = (name: string) => path.posix.join('miniprogram', name)

/** A component's path that begins with / starts at miniprogram/, any other at the file that names it. */
const fromFileOf = (by: string) => (name: string) =>
  name.startsWith('/') ? fromTop(name) : path.posix.join(path.posix.dirname(by), name)

/** The three files that every page and every component has. */
const filesOfUnit = (name: string) => ['.json', '.ts', '.wxml'].map((ending) => name + ending)

const KB = 1024
/** WeChat's limit of a main package (developers.weixin.qq.com, 分包加载). */
export const MOST = 2 * KB * KB
/** This shop's own limit for all but pictures, so that it opens at once on a slow network. */
export const MOST_WITHOUT_PICTURES = 120 * KB
const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/

/** Checks the size of the package: DevTools packs every file of miniprogram/, used or not. */
export const packageSize: Check = { name: 'package size', run: checkSize }

function checkSize(root: string): Problem[] {
  const { all, code, largest } = packageBytes(root)
  const tooBig = (bytes: number, most: number, what: string): Problem[] => {
    if (bytes <= most) return []
    const problem = `${what} have ${Math.ceil(bytes / KB)} KB, more than ${most / KB} KB`
    return [errorAt('miniprogram', problem, `make it smaller; the largest file is ${largest}`)]
  }
  return [
    ...tooBig(all, MOST, 'all files together'),
    ...tooBig(code, MOST_WITHOUT_PICTURES, 'the files that are not pictures'),
  ]
}

/** Returns the size of the package and of its files that are not pictures, and its largest file. */
export function packageBytes(root: string): { all: number; code: number; largest?: string } {
  const folder = path.join(root, 'miniprogram')
  const sizes = filesIn(folder).map((file) => ({
    file,
    bytes: statSync(path.join(folder, file)).size,
  }))
  const total = (files: typeof sizes) => files.reduce((sum, { bytes }) => sum + bytes, 0)
  const [largest] = [...sizes].sort((a, b) => b.bytes - a.bytes)
  const code = sizes.filter(({ file }) => !PICTURE.test(file))
  return { all: total(sizes), code: total(code), ...(largest && { largest: largest.file }) }
}
