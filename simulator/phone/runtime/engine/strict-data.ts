/**
 * Copies the argument of `setData` as JSON, because WeChat serializes it from its logic layer to its
 * view. WeChat warns of `undefined` and functions and leaves such a field out.
 */
export function copyAsJson(data: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || typeof value === 'function') {
      const what = value === undefined ? 'undefined' : 'a function'
      console.error(`Setting data field "${key}" to ${what} is invalid.`)
    } else {
      copy[key] = JSON.parse(JSON.stringify(value))
    }
  }
  return copy
}
