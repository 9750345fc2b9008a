import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Check, Fault } from './check'
import { filesIn } from './files'

/** What WXSS takes from `var(--x)` and nobody defines: the whole line has no effect then. */
export const styleVariables: Check = { name: 'variables of WXSS', run }

function run(root: string): Fault[] {
  const files = filesIn(path.join(root, 'miniprogram'))
    .filter((file) => /\.(wxss|wxml)$/.test(file))
    .map((file) => `miniprogram/${file}`)
  const texts = files.map((file) => ({ file, text: textOf(path.join(root, file)) }))
  const defined = new Set(texts.flatMap(({ text }) => names(text, /(--[\w-]+)\s*:/g)))
  return texts.flatMap(({ file, text }) =>
    // with a second value, var() needs no definition
    names(text, /\bvar\(\s*(--[\w-]+)\s*\)/g)
      .filter((name) => !defined.has(name))
      .map((name) => ({
        file,
        problem: `uses var(${name}), which no sheet defines`,
        remedy: 'define it in app.wxss, or correct the name',
      })),
  )
}

const textOf = (file: string) => readFileSync(file, 'utf8').replace(/\/\*.*?\*\//gs, '')

const names = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, name = '']) => name)),
]
