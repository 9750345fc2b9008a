import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CommandError } from '../command-line/command'

/** The page that has the last tables, and how to read them. */
export const PAGE = 'docs/performance.md'

const begin = (name: string) => `<!-- npm run bench -- ${name} -->`
const END = '<!-- end -->'

/**
 * Replaces the text between the two comments that mark the table of a measurement.
 * @throws CommandError if the page does not have the comments
 */
export function withTable(page: string, name: string, lines: readonly string[]): string {
  const from = page.indexOf(begin(name))
  const to = page.indexOf(END, from)
  if (from < 0 || to < 0) {
    const marks = `${begin(name)} and ${END}`
    throw new CommandError(`${PAGE} has no place for the table: write ${marks} in two lines.`)
  }
  const head = page.slice(0, from + begin(name).length)
  return [head, '', ...lines, '', page.slice(to)].join('\n')
}

/** Writes the table of a measurement to the page. @throws CommandError as withTable */
export function writeTable(root: string, name: string, lines: readonly string[]): void {
  const file = path.join(root, PAGE)
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), name, lines))
}
