import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import { ARIA } from '../../protocol/aria'
import { type BuiltInDefinition, defineBuiltIn } from '../engine/glass-easel'
import { button } from './button'
import { icon } from './icon'
import { image } from './image'
import { input, textarea } from './input'
import { navigator } from './navigator'
import { pageMeta } from './page-meta'
import { scrollView } from './scroll-view'

/**
 * The built-in components with behaviour of their own. `<view>` and `<text>` have none: they are
 * plain elements and the frame's style sheet makes them what they are.
 */
const builtIns: Record<string, BuiltInDefinition> = {
  button,
  icon,
  image,
  input,
  navigator,
  'page-meta': pageMeta,
  'scroll-view': scrollView,
  textarea,
}

/** What every component takes. */
const common = {
  ...Object.fromEntries(
    ARIA.map((name) => [`aria${name[0]!.toUpperCase()}${name.slice(1)}`, String]),
  ),
  hidden: Boolean,
  hoverClass: String,
}

export function defineBuiltIns(space: CodeSpace): void {
  for (const [tag, definition] of Object.entries(builtIns)) {
    const properties = { ...common, ...definition.properties }
    defineBuiltIn(space, tag, { ...definition, properties })
  }
}
