/**
 * What `setData` keeps of its argument: a copy as JSON, as what travels from WeChat's logic layer to
 * its view. `undefined` and functions cannot travel: WeChat warns and leaves such a field out.
 */
export function asTravelled(data: Record<string, unknown>): Record<string, unknown> {
  const travelled: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined || typeof value === 'function') {
      const what = value === undefined ? 'undefined' : 'a function'
      console.error(`Setting data field "${key}" to ${what} is invalid.`)
    } else {
      travelled[key] = JSON.parse(JSON.stringify(value))
    }
  }
  return travelled
}
