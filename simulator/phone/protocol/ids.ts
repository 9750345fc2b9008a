/** Returns the id in the browser of an element with this id in WXML. It differs from all frame ids. */
export function idInBrowser(id: string): string {
  return `page--${id}`
}
