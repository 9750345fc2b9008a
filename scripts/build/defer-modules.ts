import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin, PluginBuild } from 'esbuild'
import type { Decision } from './decisions'
import { onFirstUse, requestsIn } from './on-first-use'

const PACKAGE_FILE = /[\\/]node_modules[\\/].*\.[cm]?js$/

/**
 * Creates the esbuild plugin that carries the decisions out. The files that require a decided module
 * are rewritten to require it on first use: the same code runs, later. A module that is left out is
 * replaced by a `throw`, which so runs when it is used.
 */
export function deferModules(decisions: readonly Decision[]): Plugin {
  return {
    name: 'defer-modules',
    setup(build) {
      build.onLoad({ filter: PACKAGE_FILE }, async ({ path: file }) => {
        const decision = decisionOf(decisions, moduleOf(file))
        if (decision?.how === 'left out') return { contents: leftOut(decision) }
        const code = readFileSync(file, 'utf8')
        const requests = await decidedRequests(build, decisions, file, code)
        return { contents: requests.size === 0 ? code : await rewritten(file, code, requests) }
      })
    },
  }
}

/** Returns `request/lib/cookies` for `…/node_modules/request/lib/cookies.js`. */
export function moduleOf(file: string): string {
  const inside = file.split(/(?:^|[\\/])node_modules[\\/]/).at(-1)!
  return inside.replaceAll(path.sep, '/').replace(/\.[cm]?js$/, '')
}

/** Returns the package of a module: `@cloudbase/ai` of `@cloudbase/ai/dist/cjs/index`. */
export function packageOf(module: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(module)![0]
}

/** Returns the decision about a module: the one that names it most exactly. */
export function decisionOf(decisions: readonly Decision[], module: string): Decision | undefined {
  return decisions
    .filter((one) => module === one.module || module.startsWith(`${one.module}/`))
    .sort((a, b) => b.module.length - a.module.length)[0]
}

/** Returns the code of a module that is left out. */
function leftOut({ module, calledAtLoad = [] }: Decision): string {
  const message = `${module} is left out of this build: see scripts/build/decisions.ts`
  const fail = `throw new Error(${JSON.stringify(message)})`
  if (calledAtLoad.length === 0) return fail
  return `
    const fail = () => { ${fail} }
    const result = new Proxy({}, { get: fail, set: fail, has: fail, ownKeys: fail })
    module.exports = new Proxy({}, {
      get(target, name, self) {
        if (name === '__esModule') return true
        if (name === 'default') return self
        return ${JSON.stringify(calledAtLoad)}.includes(name) ? () => result : fail()
      },
    })`
}

/** Returns what a file requires of the decided modules, as it writes it. */
async function decidedRequests(
  build: PluginBuild,
  decisions: readonly Decision[],
  file: string,
  code: string,
): Promise<Set<string>> {
  const own = packageOf(moduleOf(file))
  const packages = decisions.map(({ module }) => packageOf(module))
  const found = new Set<string>()
  for (const { text, isInner } of requestsIn(code)) {
    // Only to save time: most files require nothing of the decided packages.
    if (!packages.includes(text.startsWith('.') ? own : packageOf(text))) continue
    const target = isInner ? path.join('node_modules', own, text) : await resolve(build, file, text)
    const decision = decisionOf(decisions, moduleOf(target))
    // The files of one decision require each other as they are.
    if (decision && decision !== decisionOf(decisions, moduleOf(file))) found.add(text)
  }
  return found
}

async function resolve(build: PluginBuild, importer: string, request: string): Promise<string> {
  const options = { importer, resolveDir: path.dirname(importer), kind: 'require-call' } as const
  return (await build.resolve(request, options)).path
}

/** What has been rewritten: the functions contain the same packages, which no build changes. */
const REWRITTEN = new Map<string, Promise<string>>()

function rewritten(file: string, code: string, requests: Set<string>): Promise<string> {
  const key = [file, ...requests].join('\n')
  const known = REWRITTEN.get(key) ?? onFirstUse(file, code, requests)
  REWRITTEN.set(key, known)
  return known
}
