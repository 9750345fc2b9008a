import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import path from 'node:path'

/**
 * Replaces the places of a bundle in a text, such as a stack, by those in its sources. Node could do
 * this in the worker threads, where it would take about 30 MB in each.
 * @param bundle absolute path; its source map is beside it
 * @param root the folder at which the paths of sources start; without it, and outside it, they are
 * absolute
 */
export function withSourcePlaces(text: string, bundle: string, root?: string): string {
  const [before = '', ...rest] = text.split(`${bundle}:`)
  if (rest.length === 0 || !existsSync(`${bundle}.map`)) return text
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as SourceMapPayload)
  const placeOf = (line: string, column: string) => {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry)) return `${bundle}:${line}:${column}`
    const source = path.resolve(path.dirname(bundle), entry.originalSource)
    return `${shorten(source, root)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  }
  const parts = rest.map((part) =>
    part.replace(/^(\d+):(\d+)/, (_, line: string, column: string) => placeOf(line, column)),
  )
  return before + parts.join('')
}

function shorten(file: string, root: string | undefined): string {
  if (root === undefined) return file
  const relative = path.relative(root, file)
  return relative.startsWith('..') || path.isAbsolute(relative)
    ? file
    : relative.split(path.sep).join('/')
}
