/** The script that runs in a page: see `bundle.ts`. */
import { paleTexts } from './contrast'
import { overflows } from './overflow'
import { overlaps } from './overlap'
import { poorTargets } from './targets'

const checks = { overflows, overlaps, paleTexts, poorTargets }

export type CheckName = keyof typeof checks

/** The page's global `checks`. Each returns its complaints about the content of an element. */
export interface Checks {
  one(name: CheckName, selector: string): string[]
  all(selector: string): string[]
}

const inPage: Checks = {
  one(name, selector) {
    const root = document.querySelector(selector)
    if (!root) throw new Error(`There is no element ${selector}`)
    return [...new Set(checks[name](root))]
  },
  all(selector) {
    const names = Object.keys(checks) as CheckName[]
    return names.flatMap((name) => inPage.one(name, selector))
  },
}

// Draws also the elements off the screen that `content-visibility: auto` skips, to check them too.
const drawAll = new CSSStyleSheet()
drawAll.replaceSync('* { content-visibility: visible !important }')
document.adoptedStyleSheets.push(drawAll)

Object.assign(globalThis, { checks: inPage })
