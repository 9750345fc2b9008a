/** The target of a mini program's URL. */
export interface Destination {
  route: string
  /** the argument of the page's onLoad: WeChat does not decode the values */
  query: Record<string, string>
  /** the part after `?` */
  search: string
}

/** Parses a URL. @param from the route that a relative URL starts at */
export function parseUrl(url: string, from: string): Destination {
  const [path = '', search = ''] = url.split(/\?(.*)/s)
  const route = new URL(path, `http://mini.program/${from}`).pathname.slice(1)
  const pairs = search.split('&').filter((pair) => pair !== '')
  const query = Object.fromEntries(pairs.map((pair) => [pair.split('=')[0]!, valueOf(pair)]))
  return { route, query, search }
}

function valueOf(pair: string): string {
  const equals = pair.indexOf('=')
  return equals < 0 ? '' : pair.slice(equals + 1)
}
