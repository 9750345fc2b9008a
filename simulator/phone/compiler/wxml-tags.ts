export interface Attribute {
  name: string
  /** the text between the quotes; `undefined` without a value */
  value: string | undefined
  offset: number
}

export interface Tag {
  name: string
  offset: number
  attributes: Attribute[]
  /** of `<wxs>`: the code between its tags and where it starts */
  script?: { code: string; offset: number }
}

const SKIPPED = /<!--[\s\S]*?-->|\{\{[\s\S]*?\}\}|<\/[^>]*>|[^<{]+|[<{]/y
const OPENING = /<([a-zA-Z][\w:-]*)/y
const ATTRIBUTE = /\s*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/y
const CLOSING = /\s*(\/?)>/y

/**
 * Returns the opening tags of a template, in their order. It is lenient: the template compiler
 * reports a malformed template.
 */
export function readTags(wxml: string): Tag[] {
  const tags: Tag[] = []
  let at = 0
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(wxml)
    if (found) at = pattern.lastIndex
    return found
  }
  while (at < wxml.length) {
    const offset = at
    const opening = match(OPENING)
    if (!opening) {
      match(SKIPPED)
      continue
    }
    const tag: Tag = { name: opening[1]!, offset, attributes: [] }
    tags.push(tag)
    for (let found = match(ATTRIBUTE); found; found = match(ATTRIBUTE)) {
      const [whole, name, double, single] = found
      const leading = whole.length - whole.trimStart().length
      const start = at - whole.length + leading
      tag.attributes.push({ name: name!, value: double ?? single, offset: start })
    }
    const selfClosing = match(CLOSING)?.[1] === '/'
    if (tag.name === 'wxs' && !selfClosing) {
      const end = wxml.indexOf('</wxs>', at)
      tag.script = { code: wxml.slice(at, end < 0 ? undefined : end), offset: at }
      at += tag.script.code.length
    }
  }
  return tags
}

/** Returns an attribute's value when it is plain text: neither missing nor computed by `{{ }}`. */
export function staticValue(tag: Tag, name: string): { value: string; offset: number } | undefined {
  const attribute = tag.attributes.find((attribute) => attribute.name === name)
  if (attribute?.value === undefined || attribute.value.includes('{{')) return undefined
  return { value: attribute.value, offset: attribute.offset }
}
