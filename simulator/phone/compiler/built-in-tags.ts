import { ARIA } from '../protocol/aria'
import { type Tag, staticValue } from './wxml-tags'

interface BuiltIn {
  attributes: string[]
  events: string[]
  /** attribute → the supported values, when the phone supports only some of WeChat's */
  values?: Record<string, string[]>
}

const INPUT: BuiltIn = {
  attributes: ['value', 'placeholder', 'disabled', 'maxlength', 'focus'],
  events: ['input', 'focus', 'blur', 'confirm'],
}

/** The built-in components of the runtime, with the attributes and events that not all of them have. */
const BUILT_INS: Record<string, BuiltIn> = {
  'page-meta': { attributes: ['root-font-size', 'page-font-size'], events: [] },
  view: { attributes: ['hover-class'], events: [] },
  text: { attributes: ['selectable', 'user-select'], events: [] },
  image: { attributes: ['src', 'mode', 'lazy-load'], events: ['load', 'error'] },
  icon: { attributes: ['type', 'size', 'color'], events: [] },
  button: {
    attributes: ['type', 'size', 'plain', 'disabled', 'loading', 'hover-class', 'open-type'],
    events: [],
    values: { 'open-type': ['share'] },
  },
  navigator: { attributes: ['url', 'open-type', 'delta', 'hover-class'], events: [] },
  input: { ...INPUT, attributes: [...INPUT.attributes, 'type', 'password'] },
  textarea: INPUT,
  'scroll-view': {
    attributes: ['scroll-x', 'scroll-y'],
    events: ['scroll', 'scrolltolower', 'scrolltoupper'],
  },
}

/** The tags of WXML itself. The template compiler checks their attributes. */
const STRUCTURE = ['block', 'template', 'import', 'include', 'wxs', 'slot']

const COMMON_ATTRIBUTE = new RegExp(
  `^(id|class|style|hidden|slot|(data-|mark:|wx:).+|aria-(${ARIA.join('|')}))$`,
)
const COMMON_EVENT =
  /^(tap|touch(start|move|end|cancel)|transitionend|animation(start|iteration|end))$/
const EVENT = /^(?:capture-)?(?:mut-)?(?:bind|catch):?(.+)$/

/**
 * Returns the parts of a tag that this phone would silently ignore: an unknown tag, or an attribute
 * or an event that its built-in component does not support.
 */
export function findInert(tag: Tag, components: ReadonlySet<string>) {
  if (STRUCTURE.includes(tag.name) || components.has(tag.name)) return []
  const builtIn = Object.hasOwn(BUILT_INS, tag.name) ? BUILT_INS[tag.name] : undefined
  if (!builtIn) {
    const text = `<${tag.name}> is neither in usingComponents nor among the built-in components of the simulator's phone`
    return [{ offset: tag.offset, text }]
  }
  const ignored = Object.entries(builtIn.values ?? {}).flatMap(([name, known]) => {
    const found = staticValue(tag, name)
    return found && !known.includes(found.value) ? { ...found, name: `${name} ${found.value}` } : []
  })
  const unknown = tag.attributes.filter(({ name }) => {
    const event = EVENT.exec(name)?.[1]
    return event === undefined
      ? !COMMON_ATTRIBUTE.test(name) && !builtIn.attributes.includes(name)
      : !COMMON_EVENT.test(event) && !builtIn.events.includes(event)
  })
  return [...unknown, ...ignored].map(({ name, offset }) => ({
    offset,
    text: `<${tag.name}> of the simulator's phone has no ${name}`,
  }))
}
