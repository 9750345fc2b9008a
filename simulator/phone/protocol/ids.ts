/** The id in the browser of an element whose id in WXML is `id`: none is an id of the frame's. */
export function idInBrowser(id: string): string {
  return `page--${id}`
}
