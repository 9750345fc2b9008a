import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import { buildError, buildErrors } from '../../../project/build-errors'
import type { Program } from '../protocol/program'
import { HIDDEN_GLOBALS } from './hidden-globals'
import { type Sources, resolveFrom } from './sources'

/** Modules whose exports are given instead of compiled, such as the deployer's config.ts. */
export type ReplacedModules = Readonly<Record<string, Record<string, unknown>>>

/** The globals of page code, passed by the runtime. */
const PAGE_SCOPE = [
  'wx',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
  'Date',
]

/** The globals of WXS (WeChat's WXS reference, "基础类库"). */
const WXS_SCOPE = ['getRegExp', 'getDate']

/**
 * Bundles the code of the app, its pages and its components with the templates into the script
 * that passes the mini program to the runtime. Nothing in it runs at build time.
 */
export async function bundleLogic(
  sources: Sources,
  program: Program,
  templates: string,
  modules: ReplacedModules,
): Promise<string> {
  for (const file of Object.keys(modules).map((name) => resolveFrom('', name))) {
    if (sources.has(file)) continue
    sources.report(file, 0, `${file} is missing, though simulator.json replaces it`)
  }
  const wxsScope = [...WXS_SCOPE, ...PAGE_SCOPE, ...HIDDEN_GLOBALS].join()
  const pageScope = [...PAGE_SCOPE, ...HIDDEN_GLOBALS].join()
  try {
    const { outputFiles, warnings } = await build({
      stdin: { contents: entry(program), resolveDir: sources.dir, sourcefile: 'entry.js' },
      absWorkingDir: sources.dir,
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'miniProgram',
      target: 'es2020',
      charset: 'utf8',
      sourcemap: 'inline',
      logLevel: 'silent',
      resolveExtensions: ['.ts', '.js'],
      tsconfigRaw: {},
      banner: {
        js:
          `startMiniProgram(${JSON.stringify(program)},` +
          `function(${wxsScope}){return ${templates}},` +
          `function(${pageScope}){"use strict";`,
      },
      footer: { js: 'return miniProgram})' },
      plugins: [ownFilesOnly(sources.dir), replacedModules(sources.dir, modules)],
    })
    for (const found of warnings.map(buildError)) sources.report(found.file, found, found.text)
    return outputFiles[0]!.text
  } catch (error) {
    for (const found of buildErrors(error)) sources.report(found.file, found, found.text)
    return ''
  }
}

/** Returns the entry script. The runtime runs each module after it has prepared `Page` for it. */
function entry({ units }: Program): string {
  const load = (unit: string) => `() => { require(${JSON.stringify(`./${unit}`)}) }`
  const lines = Object.keys(units).map((unit) => `${JSON.stringify(unit)}: ${load(unit)}`)
  return `module.exports = { app: ${load('app')}, units: {\n${lines.join(',\n')}\n} }`
}

/** Rejects imports from outside: DevTools uploads only the folder, which has no npm packages. */
function ownFilesOnly(dir: string): Plugin {
  return {
    name: 'own-files-only',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: reference, resolveDir, kind }) => {
        if (kind === 'entry-point') return undefined
        const target = path.resolve(resolveDir, reference)
        if (!reference.startsWith('.') || !target.startsWith(dir + path.sep)) {
          return { errors: [{ text: `${reference} is not a file of the mini program` }] }
        }
        if (/\.(json|wxml|wxss|wxs)$/.test(reference)) {
          return { errors: [{ text: `${reference} is not a script` }] }
        }
        return undefined
      })
    },
  }
}

/** Replaces the content of each module in `modules` by its given exports. */
function replacedModules(dir: string, modules: ReplacedModules): Plugin {
  const contents = new Map(
    Object.entries(modules).map(([name, values]) => {
      const lines = Object.entries(values).map(
        ([key, value]) => `export const ${key} = ${JSON.stringify(value)}\n`,
      )
      return [path.join(dir, name), lines.join('')]
    }),
  )
  return {
    name: 'replaced-modules',
    setup(build) {
      build.onLoad({ filter: /./ }, ({ path: file }) => {
        const replaced = contents.get(file)
        return replaced === undefined ? undefined : { contents: replaced, loader: 'ts' }
      })
    },
  }
}
