import postcss, { type AtRule, type ChildNode, type Root, type Rule } from 'postcss'
import selectorParser, { type Selector } from 'postcss-selector-parser'
import { idInBrowser } from '../protocol/ids'
import type { Program } from '../protocol/program'
import { toScreenUnits } from '../protocol/units'
import { rewriteMedia } from './media'
import { type Sources, resolveFrom } from './sources'

/** What the rules of a sheet apply to. */
type Scope = { page: string } | { component: string }

/**
 * Compiles all WXSS to one sheet. A page's rules apply to that page only, app.wxss to all pages, and
 * a component's class names are its own. Scopes have no specificity (`:where`), so that, as on a real
 * phone, a page overrides app.wxss with the same selector.
 */
export function compileStyles(sources: Sources, { units }: Pick<Program, 'units'>): string {
  const sheets = [compileSheet(sources, 'app.wxss', { page: ':where([data-page])' })]
  for (const [path, unit] of Object.entries(units)) {
    const scope =
      unit.styleScope === undefined
        ? { page: `:where([data-page="${path}"])` }
        : { component: unit.styleScope }
    sheets.push(compileSheet(sources, `${path}.wxss`, scope))
  }
  return sheets.join('\n')
}

function compileSheet(sources: Sources, file: string, scope: Scope): string {
  if (!sources.has(file)) return ''
  const root = inlineImports(sources, file, [file])
  root.walkDecls((declaration) => {
    declaration.value = toScreenUnits(declaration.value)
    // WeChat's WXSS cannot read local files: it needs network or data URLs, or <image>.
    const local = /url\(\s*['"]?(?!data:|https?:)([^'")]+)/.exec(declaration.value)
    if (local) report(sources, declaration, `WXSS cannot read the local file ${local[1]}`)
  })
  root.walkRules((rule) => {
    if (isInKeyframes(rule)) return
    try {
      const selectors = selectorParser().astSync(rule.selector).nodes
      rule.selector = selectors.map((selector) => scoped(sources, rule, selector, scope)).join(', ')
    } catch (error) {
      report(sources, rule, error instanceof Error ? error.message : String(error))
    }
  })
  rewriteMedia(root, (node, text) => report(sources, node, text))
  return root.toString()
}

/** Parses a sheet and replaces each import by the imported sheet. */
function inlineImports(sources: Sources, file: string, seen: string[]): Root {
  let root: Root
  try {
    root = postcss.parse(sources.text(file), { from: sources.absolute(file) })
  } catch (error) {
    if (!(error instanceof postcss.CssSyntaxError)) throw error
    sources.report(file, { line: error.line ?? 1, column: error.column ?? 1 }, error.reason)
    return postcss.root()
  }
  root.walkAtRules('import', (rule: AtRule) => {
    const reference = /^(?:url\()?\s*['"]?([^'")]+)/.exec(rule.params)?.[1] ?? ''
    const target = resolveFrom(file, reference)
    if (!sources.has(target)) {
      report(sources, rule, `${reference} is missing`)
    }
    if (!sources.has(target) || seen.includes(target)) rule.remove()
    else rule.replaceWith(inlineImports(sources, target, [...seen, target]).nodes)
  })
  return root
}

function scoped(sources: Sources, rule: Rule, selector: Selector, scope: Scope): string {
  if ('component' in scope) {
    // Only class selectors are allowed (WeChat's reference of custom components, "组件样式").
    if (selector.some((node) => ['tag', 'id', 'attribute'].includes(node.type))) {
      report(sources, rule, `A component's WXSS selects by class only: ${String(selector).trim()}`)
    }
    selector.walkClasses((name) => {
      name.value = `${scope.component}--${name.value}`
    })
    return String(selector).replaceAll(':host', `[wx-host="${scope.component}"]`)
  }
  const [first] = selector.nodes
  const isPage = first?.type === 'tag' && first.value === 'page'
  if (isPage) first.remove()
  selector.walkTags((tag) => {
    tag.value = `wx-${tag.value}`
  })
  selector.walkIds((id) => {
    id.value = idInBrowser(id.value)
  })
  return `${scope.page}${isPage ? '' : ' '}${String(selector).trimStart()}`
}

function isInKeyframes(rule: Rule): boolean {
  return rule.parent?.type === 'atrule' && (rule.parent as AtRule).name.endsWith('keyframes')
}

function report(sources: Sources, node: ChildNode, text: string): void {
  const start = node.source?.start ?? { line: 1, column: 1 }
  const from = node.source?.input.file
  const file = [...sources.files].find((name) => sources.absolute(name) === from) ?? 'app.wxss'
  sources.report(file, { line: start.line, column: start.column }, text)
}
