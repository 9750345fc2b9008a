import path from 'node:path'
import { SourcePlaces } from '../../../project/source-map'

/** A place in a bundle, but not in another index.js, such as that of a configuration. */
const PLACE = /(?<![\w.\\/-])index\.js:(\d+):(\d+)/g

/**
 * Replaces each place of a bundle in a text, such as `index.js:12:34` in a stack, by the place in the
 * sources. Node could do this in the worker threads, where it would take about 30 MB in each.
 * @param bundle absolute path; its source map is beside it
 * @param root the folder at which the paths of sources start; without it, and outside it, they are
 * absolute
 */
export function withSourcePlaces(text: string, bundle: string, root?: string): string {
  if (!text.includes('index.js:')) return text
  const places = SourcePlaces.read(`${bundle}.map`)
  if (!places) return text
  return text.replaceAll(bundle, 'index.js').replace(PLACE, (all, line, column) => {
    const place = places.find(Number(line), Number(column))
    if (!place) return all
    const source = path.resolve(path.dirname(bundle), place.file)
    return `${shorten(source, root)}:${place.line}:${place.column}`
  })
}

function shorten(file: string, root: string | undefined): string {
  if (root === undefined) return file
  const relative = path.relative(root, file)
  return relative.startsWith('..') || path.isAbsolute(relative)
    ? file
    : relative.split(path.sep).join('/')
}
