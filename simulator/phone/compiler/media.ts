import { atRule, type AtRule, type ChildNode, type Root } from 'postcss'

/** The name of the phone's screen as a CSS container, in the frame's style sheet. */
const SCREEN = 'screen'

const PX = String.raw`\d*\.?\d+px`
const SIZE = '(?:width|height)'
const COMPARED = '(?:<=?|>=?|=)'

/** Features of the phone's screen, which a container query asks of it in the same words. */
const ABOUT_SCREEN = [
  new RegExp(`^(?:min-|max-)?${SIZE}:${PX}$`),
  new RegExp(`^${SIZE}${COMPARED}${PX}$`),
  new RegExp(`^${PX}${COMPARED}${SIZE}(?:${COMPARED}${PX})?$`),
  /^orientation:(?:portrait|landscape)$/,
]

const THEME = /^prefers-color-scheme:(light|dark)$/
const OF_THE_BROWSER = /^prefers-reduced-motion(?::(?:reduce|no-preference))?$/

/** One of the alternatives of `@media`, taken apart. */
interface Query {
  theme: string | undefined
  screen: string[]
  browser: string[]
}

/**
 * Makes media queries mean the phone and not the browser that it is drawn in: widths become those of
 * its screen (container queries), the colour scheme an ancestor that weighs nothing, as a media
 * query weighs nothing. Reduced motion stays the browser's. WeChat heeds the colour scheme with and
 * without `darkmode` ("DarkMode 适配指南", "WXSS 适配").
 * @param report called with what the phone would draw wrongly
 */
export function rewriteMedia(root: Root, report: (node: ChildNode, text: string) => void): void {
  const rules: AtRule[] = []
  root.walkAtRules('media', (rule) => void rules.push(rule))
  // the inner ones first: replacing a rule takes what is in it along
  for (const rule of rules.reverse()) {
    const queries = rule.params.split(',').map((text) => parse(text, rule, report))
    if (hasKeyframes(rule) && queries.some(({ theme, screen }) => theme || screen.length > 0)) {
      report(rule, "@keyframes in @media always hold in the simulator's phone")
    }
    rule.replaceWith(queries.flatMap((query) => under(query, rule)))
  }
}

function parse(text: string, rule: AtRule, report: (node: ChildNode, text: string) => void): Query {
  const query: Query = { theme: undefined, screen: [], browser: [] }
  for (const part of text.trim().split(/\s+and\s+/i)) {
    const feature = /^\((.*)\)$/s.exec(part)?.[1]?.replaceAll(/\s+/g, '').toLowerCase() ?? ''
    const theme = THEME.exec(feature)?.[1]
    if (theme) query.theme = theme
    else if (ABOUT_SCREEN.some((known) => known.test(feature))) query.screen.push(part)
    else if (OF_THE_BROWSER.test(feature)) query.browser.push(part)
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

/** A copy of what is in `rule`, under the conditions of one of its queries. */
function under({ theme, screen, browser }: Query, rule: AtRule): ChildNode[] {
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
