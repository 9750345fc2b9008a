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
 * The built-in components with behaviour. `<view>` and `<text>` have none: they are plain elements
 * with styles of the frame.
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

/** The properties of every built-in component. */
const COMMON_PROPERTIES = {
  ...Object.fromEntries(
    ARIA.map((name) => [`aria${name[0]!.toUpperCase()}${name.slice(1)}`, String]),
  ),
  hidden: Boolean,
  hoverClass: String,
}

export function defineBuiltIns(space: CodeSpace): void {
  for (const [tag, definition] of Object.entries(builtIns)) {
    const properties = { ...COMMON_PROPERTIES, ...definition.properties }
    defineBuiltIn(space, tag, { ...definition, properties })
  }
}
