/** The script that a page runs: see `bundle.ts`. */
import { paleTexts } from './contrast'
import { overflows } from './overflow'
import { overlaps } from './overlap'
import { poorTargets } from './targets'

const checks = { overflows, overlaps, paleTexts, poorTargets }

export type CheckName = keyof typeof checks

/** The page's global `checks`: what each complains of inside the element that a selector finds. */
export interface Checks {
  one(name: CheckName, selector: string): string[]
  all(selector: string): string[]
}

const inPage: Checks = {
  one(name, selector) {
    const root = document.querySelector(selector)
    if (!root) throw new Error(`There is no ${selector} to look at`)
    return [...new Set(checks[name](root))]
  },
  all(selector) {
    const names = Object.keys(checks) as CheckName[]
    return names.flatMap((name) => inPage.one(name, selector))
  },
}

// What `content-visibility: auto` leaves out while it is off the screen is looked at as well.
const whole = new CSSStyleSheet()
whole.replaceSync('* { content-visibility: visible !important }')
document.adoptedStyleSheets.push(whole)

Object.assign(globalThis, { checks: inPage })
