import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Goods } from '../typings/contract'
import { type Problem, ProjectError } from './diagnostic'

/** The file of the goods, inside the project: one JSON object per line. */
export const GOODS_FILE = 'cloud/database/goods.json'

/**
 * Returns the lines of goods.json that are not empty, each with its location
 * (`cloud/database/goods.json:3`).
 * @param root the project's folder
 */
export function goodsLines(root: string): Array<{ where: string; text: string }> {
  return readFileSync(path.join(root, GOODS_FILE), 'utf8')
    .split(/\r?\n/)
    .map((text, index) => ({ where: `${GOODS_FILE}:${index + 1}`, text }))
    .filter(({ text }) => text.trim() !== '')
}

/**
 * Reads the goods in cloud/database/goods.json. Each `picture` is a path in cloud storage, because
 * file ids differ between environments.
 * @param root the project's folder
 * @throws ProjectError that lists every product whose name cannot be sent to WeChat Pay
 */
export function readGoods(root: string): Goods[] {
  const lines = goodsLines(root).map(({ where, text }) => ({
    where,
    item: JSON.parse(text) as Goods,
  }))
  const problems = lines.flatMap(({ where, item }) => nameProblems(where, item))
  if (problems.length > 0) throw new ProjectError(problems)
  return lines.map(({ item }) => item)
}

/** The line breaks that the function `pay` replaces with a space. */
const LINE_BREAKS = /[\t\n\r\u0085\u2028\u2029]+/g

/**
 * The characters that cannot be in an order's `body`, which is sent to WeChat Pay in XML: those that
 * XML 1.0 does not allow even escaped (its production Char; lone surrogates, for example), and all
 * control characters.
 */
const UNSENDABLE = /[^\x20-\x7E\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Returns what is wrong with the name of one product, by the rules of `pay`. */
export function nameProblems(
  where: string,
  { _id, name }: { _id?: unknown; name?: unknown },
): Problem[] {
  const subject = `name of ${JSON.stringify(_id) ?? 'goods without an _id'}`
  const error = (problem: string, fix: string): Problem[] => [
    { severity: 'error', where, problem, fix },
  ]
  const line = typeof name === 'string' ? name.replace(LINE_BREAKS, ' ').trim() : ''
  if (line === '') return error(`${subject} is not a text, or is empty`, 'write the name in quotes')
  const codes = [...new Set(line.match(UNSENDABLE))].map(hex)
  if (codes.length === 0) return []
  const list = (prefix: string) => codes.map((code) => prefix + code).join(', ')
  return error(
    `${subject} has ${list('U+')}, which cannot be sent to WeChat Pay`,
    `delete from the name what JSON may write as ${list('\\u')}`,
  )
}

/** Formats a code point in hex: those that cannot be sent have at most four digits. */
const hex = (character: string) =>
  character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
