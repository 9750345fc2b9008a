import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Goods } from '../typings/contract'
import { DataFolderError } from './data-folder'
import { projectRoot } from './project'

/** Where the goods are, seen from the project's folder: one JSON object a line. */
export const GOODS_FILE = 'cloud/database/goods.json'

/** Goods that cannot be ordered. `npm start` prints the message alone, as of all data it refuses. */
export class GoodsError extends DataFolderError {}

/** What is wrong with one of the goods, and what to do about it. */
export interface GoodsFault {
  problem: string
  remedy: string
}

/**
 * The lines of goods.json that are not empty, each with its place (`cloud/database/goods.json:3`).
 * @param root the project's folder, or that of a copy
 */
export function goodsLines(root: string): Array<{ place: string; text: string }> {
  return readFileSync(path.join(root, GOODS_FILE), 'utf8')
    .split(/\r?\n/)
    .map((text, index) => ({ place: `${GOODS_FILE}:${index + 1}`, text }))
    .filter(({ text }) => text.trim() !== '')
}

/**
 * The goods of cloud/database/goods.json; each `picture` is a path in cloud storage, since file ids
 * differ between environments.
 * @param root the project's folder, or that of a copy
 * @throws GoodsError that names every product whose name WeChat Pay cannot be sent
 */
export function readGoods(root = projectRoot): Goods[] {
  const read = goodsLines(root).map(({ place, text }) => ({
    place,
    item: JSON.parse(text) as Goods,
  }))
  const refused = read.flatMap(({ place, item }) =>
    nameFaults(item).map(({ problem, remedy }) => `${place}: ${problem}\n    → ${remedy}`),
  )
  if (refused.length > 0) throw new GoodsError(refused.join('\n'))
  return read.map(({ item }) => item)
}

/** What the function `pay` turns into a space before it orders. */
const LINE_BREAKS = /[\t\n\r\u0085\u2028\u2029]+/g

/**
 * What cannot be in an order's `body`, which WeChat Pay is sent in XML: all that XML 1.0 cannot carry,
 * not even escaped (its production Char; lone surrogates are among it), and the control characters
 * that it can.
 */
const UNSENDABLE = /[^\x20-\x7E\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** What is wrong with the name of one of the goods, by the rules of `pay`: nothing when it sells them. */
export function nameFaults({ _id, name }: { _id?: unknown; name?: unknown }): GoodsFault[] {
  const whose = `name of ${JSON.stringify(_id) ?? 'goods without an _id'}`
  const line = typeof name === 'string' ? name.replace(LINE_BREAKS, ' ').trim() : ''
  if (line === '') {
    return [{ problem: `${whose} is no text, or empty`, remedy: 'write the name in quotes' }]
  }
  const codes = [...new Set(line.match(UNSENDABLE))].map(hex)
  if (codes.length === 0) return []
  const list = (prefix: string) => codes.map((code) => prefix + code).join(', ')
  return [
    {
      problem: `${whose} has ${list('U+')}, which cannot be sent to WeChat Pay`,
      remedy: `delete from the name what JSON may write as ${list('\\u')}`,
    },
  ]
}

/** Of one code point: all that cannot be sent have four digits. */
const hex = (character: string) =>
  character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
