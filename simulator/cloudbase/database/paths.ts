/** The value of a path that contains an array or NaN, which have their own rules of comparison. */
export const UNCLEAR = Symbol('unclear')

// Read once: in jest, accessing a global takes longer than the rest of a comparison
const { hasOwn } = Object
const { isArray } = Array
const { isNaN } = Number

/** Returns the names in a path such as `message.state`; `undefined` for a path with other parts. */
export function pathOf(text: string): string[] | undefined {
  return /^_?[a-z]\w*(\._?[a-z]\w*)*$/i.test(text) ? text.split('.') : undefined
}

/** Returns the value at a path, `undefined` when there is none, or UNCLEAR. */
export function valueAt(doc: object, path: readonly string[]): unknown {
  let value: unknown = doc
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
    if (isArray(value) || isNaN(value)) return UNCLEAR
  }
  return value
}
