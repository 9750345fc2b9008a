import path from 'node:path'
import { SourcePlaces } from '../../../project/source-map'

/** A place in a bundle, but not in another index.js, such as that of a configuration. */
const PLACE = /(?<![\w.\\/-])index\.js:(\d+):(\d+)/g

/**
 * Replaces each place of a bundle in a text, such as `index.js:12:34`, by the place in the sources,
 * so that a developer sees the line that threw.
 * @param bundle absolute path of the bundle, whose source map is next to it
 */
export function nameSources(text: string, bundle: string): string {
  if (!text.includes('index.js:')) return text
  const places = SourcePlaces.read(`${bundle}.map`)
  if (!places) return text
  return text.replaceAll(bundle, 'index.js').replace(PLACE, (all, line, column) => {
    const place = places.find(Number(line), Number(column))
    if (!place) return all
    return `${path.resolve(path.dirname(bundle), place.file)}:${place.line}:${place.column}`
  })
}
