/** The value of a path on which an array or NaN lies, which compare in ways of their own. */
export const UNCLEAR = Symbol('unclear')

// Looked up once: inside jest a global costs more than all the rest of a comparison.
const { hasOwn } = Object
const { isArray } = Array
const { isNaN } = Number

/** `message.state` as its names; `undefined` for a path with more than names in it. */
export function pathOf(text: string): string[] | undefined {
  return /^_?[a-z]\w*(\._?[a-z]\w*)*$/i.test(text) ? text.split('.') : undefined
}

/** The value at a path, `undefined` where there is none, or UNCLEAR. */
export function valueAt(doc: object, path: readonly string[]): unknown {
  let value: unknown = doc
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
    if (isArray(value) || isNaN(value)) return UNCLEAR
  }
  return value
}
