import { atRule, type AtRule, type ChildNode, type Root } from 'postcss'

/** The container name of the phone's screen in the frame's style sheet. */
const SCREEN = 'screen'

const PX = String.raw`\d*\.?\d+px`
const SIZE = '(?:width|height)'
const COMPARISON = '(?:<=?|>=?|=)'

/** Media features of the screen, which have the same syntax in a container query. */
const SCREEN_FEATURES = [
  new RegExp(`^(?:min-|max-)?${SIZE}:${PX}$`),
  new RegExp(`^${SIZE}${COMPARISON}${PX}$`),
  new RegExp(`^${PX}${COMPARISON}${SIZE}(?:${COMPARISON}${PX})?$`),
  /^orientation:(?:portrait|landscape)$/,
]

const THEME = /^prefers-color-scheme:(light|dark)$/
const REDUCED_MOTION = /^prefers-reduced-motion(?::(?:reduce|no-preference))?$/

/** The parts of one alternative of `@media`. */
interface Query {
  theme: string | undefined
  screen: string[]
  browser: string[]
}

/**
 * Rewrites media queries so that they refer to the phone instead of the browser: sizes to its screen
 * (container queries), the colour scheme to an ancestor's theme. `:where` keeps the specificity
 * unchanged. Reduced motion still refers to the browser. WeChat supports the colour scheme with and
 * without `darkmode` ("DarkMode 适配指南", "WXSS 适配").
 * @param report receives what the phone would draw wrongly
 */
export function rewriteMedia(root: Root, report: (node: ChildNode, text: string) => void): void {
  const rules: AtRule[] = []
  root.walkAtRules('media', (rule) => void rules.push(rule))
  // Inner rules first, because replacing a rule copies its content.
  for (const rule of rules.reverse()) {
    const queries = rule.params.split(',').map((text) => parse(text, rule, report))
    if (hasKeyframes(rule) && queries.some(({ theme, screen }) => theme || screen.length > 0)) {
      report(rule, "@keyframes in @media always hold in the simulator's phone")
    }
    rule.replaceWith(queries.flatMap((query) => conditionalCopy(query, rule)))
  }
}

function parse(text: string, rule: AtRule, report: (node: ChildNode, text: string) => void): Query {
  const query: Query = { theme: undefined, screen: [], browser: [] }
  for (const part of text.trim().split(/\s+and\s+/i)) {
    const feature = /^\((.*)\)$/s.exec(part)?.[1]?.replaceAll(/\s+/g, '').toLowerCase() ?? ''
    const theme = THEME.exec(feature)?.[1]
    if (theme) query.theme = theme
    else if (SCREEN_FEATURES.some((known) => known.test(feature))) query.screen.push(part)
    else if (REDUCED_MOTION.test(feature)) query.browser.push(part)
    else if (!/^(?:screen|all)$/i.test(part)) {
      report(rule, `@media ${part} is not built into the simulator's phone`)
    }
  }
  return query
}

function hasKeyframes(rule: AtRule): boolean {
  let found = false
  rule.walkAtRules(/keyframes$/, () => void (found = true))
  return found
}

/** Returns a copy of the content of `rule` with the conditions of one of its queries. */
function conditionalCopy({ theme, screen, browser }: Query, rule: AtRule): ChildNode[] {
  const copy = rule.clone()
  if (theme) {
    copy.walkRules((inner) => {
      inner.selectors = inner.selectors.map(
        (selector) => `:where(#phone[data-theme="${theme}"]) ${selector}`,
      )
    })
  }
  const inScreen = wrap(copy.nodes ?? [], rule, 'container', SCREEN, screen)
  return wrap(inScreen, rule, 'media', '', browser)
}

function wrap(
  nodes: ChildNode[],
  { source }: AtRule,
  name: string,
  container: string,
  conditions: string[],
): ChildNode[] {
  if (conditions.length === 0) return nodes
  const params = [container, conditions.join(' and ')].join(' ').trim()
  const wrapped = atRule({ name, params, ...(source && { source }) })
  wrapped.append(nodes)
  return [wrapped]
}
