import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { isGoodsId } from '../../../cloudfunctions/pay/src/actions/unifiedorder'
import type { Problem } from '../../../project/diagnostic'
import { GOODS_FILE, goodsLines, nameProblems } from '../../../project/goods'
import { isPlainObject } from '../../../project/plain-object'
import { type Check, errorAt } from '../check'

const STORAGE = 'cloud/storage'

/** Returns whether a file of cloud/storage is a picture of a kind that every phone shows. */
export const isPicture = (file: string) => /\.(png|jpe?g|webp)$/i.test(file)

/** Checks that `pay` can sell the goods that `npm run setup:cloud` imports, and their pictures. */
export const goods: Check = { name: 'goods to import', run }

function run(root: string): Problem[] {
  if (!existsSync(path.join(root, GOODS_FILE))) {
    return [errorAt(GOODS_FILE, 'is missing', 'restore it from git, or write your own')]
  }
  const storage = path.join(root, STORAGE)
  const pictures = new Set(existsSync(storage) ? readdirSync(storage).filter(isPicture) : [])
  const ids = new Set<unknown>()
  const lines = goodsLines(root)
  if (lines.length === 0)
    return [errorAt(GOODS_FILE, 'has no goods', 'write a product in each line')]
  return lines.flatMap(({ where, text }) => lineProblems(where, text, pictures, ids))
}

/** @param ids the ids of the lines above; this line's id is added */
function lineProblems(
  where: string,
  line: string,
  pictures: Set<string>,
  ids: Set<unknown>,
): Problem[] {
  const item = parsed(line)
  if (!isPlainObject(item)) {
    return [errorAt(where, 'is not one JSON object', 'write a product in each line, not a list')]
  }
  const { _id, description, price, picture } = item
  const isNew = !ids.has(_id)
  ids.add(_id)
  const rules: Array<[isRight: boolean, problem: string, fix: string]> = [
    [
      isGoodsId(_id),
      '_id is not one that pay accepts',
      'write 1 to 64 of A-Z, a-z, 0-9, _ and - in quotes',
    ],
    [isNew, '_id is already used by another line', 'write another one'],
    [isText(description), 'description is not a text, or is empty', 'write a sentence in quotes'],
    [
      Number.isSafeInteger(price) && Number(price) >= 1,
      'price is not a whole number of fen, at least 1',
      '¥9.90 is 990, without quotes',
    ],
    [
      !('_openid' in item),
      'has an _openid: pay does not sell what a phone may have written',
      'delete it',
    ],
    [
      pictures.has(/^goods\/(.+)$/s.exec(String(picture))?.[1] ?? ''),
      `picture names no picture of ${STORAGE}`,
      'put a .png, .jpg or .webp there, and write "goods/" and the name of the file',
    ],
  ]
  return [
    ...nameProblems(where, item),
    ...rules.flatMap(([isRight, problem, fix]) => (isRight ? [] : [errorAt(where, problem, fix)])),
  ]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''
