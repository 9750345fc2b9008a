import path from 'node:path'
import type { Check, Fault } from './check'
import { filesIn } from './files'

const MOVE = 'move it out of miniprogram/: DevTools would pack it'

/** What a mini program without packages is made of; macOS leaves .DS_Store wherever it was. */
const OWN = /\.(ts|wxml|wxss|wxs|json|png|jpe?g|gif|svg|webp)$|(^|\/)\.DS_Store$/i

/** The first that matches a path says what is wrong with it. */
const STRAY: ReadonlyArray<[pattern: RegExp, problem: string, remedy: string]> = [
  [
    /\.(p12|pem|key)$/i,
    "is packed into every shopper's phone",
    'delete it, and get a new API证书 (pay.weixin.qq.com: 账户中心 → API安全 → 商户API证书 → 申请新证书)',
  ],
  [/(^|\/)(node_modules|miniprogram_npm)\//, 'the mini program uses no npm packages', 'delete it'],
  [/\.(test|spec)\.\w+$/, 'is a test', MOVE],
  [/(^|\/)tsconfig[^/]*\.json$/, "is the compiler's configuration", MOVE],
  [/(^|\/)(package|package-lock)\.json$/, 'the mini program is no npm package', MOVE],
  [/\.[cm]?js$/, 'is JavaScript among TypeScript: DevTools may take either', 'delete it'],
]

/** What lies in miniprogram/ and should not: DevTools packs all of it and says nothing. */
export const strayFiles: Check = {
  name: 'nothing stray in miniprogram/',
  run: (root) => filesIn(path.join(root, 'miniprogram')).flatMap(faultsOf),
}

function faultsOf(file: string): Fault[] {
  const [, problem, remedy] = STRAY.find(([pattern]) => pattern.test(file)) ?? []
  const place = `miniprogram/${file}`
  if (problem !== undefined && remedy !== undefined) return [{ file: place, problem, remedy }]
  if (OWN.test(file)) return []
  return [{ file: place, problem: 'is nothing that a mini program is made of', remedy: MOVE }]
}
