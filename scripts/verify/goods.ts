import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { readRequest } from '../../cloudfunctions/pay/src/request'
import { GOODS_FILE, goodsLines, nameProblems } from '../../project/goods'
import { UnreadableFile, type Check, type Fault } from './check'

const STORAGE = 'cloud/storage'

/** Whether a file of cloud/storage is a picture, of a kind that every phone shows. */
export const isPicture = (file: string) => /\.(png|jpe?g|webp)$/i.test(file)

/** What `npm run setup:cloud` uploads and imports: goods that `pay` sells, with their pictures. */
export const goods: Check = { name: 'goods to import', run }

function run(root: string): Fault[] {
  if (!existsSync(path.join(root, GOODS_FILE))) {
    const remedy = 'bring it back from git, or write one of your own'
    throw new UnreadableFile({ file: GOODS_FILE, problem: 'is missing', remedy })
  }
  const storage = path.join(root, STORAGE)
  const pictures = new Set(existsSync(storage) ? readdirSync(storage).filter(isPicture) : [])
  const ids = new Set<unknown>()
  const lines = goodsLines(root)
  const faults = lines.flatMap(({ where, text }): Fault[] =>
    faultsOf(where, text, pictures, ids).map((fault) => ({ file: where, ...fault })),
  )
  if (lines.length > 0) return faults
  const remedy = 'write one of the goods in each line'
  return [{ file: GOODS_FILE, problem: 'holds no goods', remedy }]
}

type GoodsFault = Omit<Fault, 'file'>

function faultsOf(
  where: string,
  line: string,
  pictures: Set<string>,
  ids: Set<unknown>,
): GoodsFault[] {
  const item = parsed(line)
  if (item === undefined) {
    const remedy = 'write one of the goods in each line, not a list'
    return [{ problem: 'is not one JSON object', remedy }]
  }
  const { _id, description, price, picture } = item
  const isNew = !ids.has(_id)
  ids.add(_id)
  const rules: Array<[isRight: boolean, problem: string, remedy: string]> = [
    [isOrderable(_id), '_id is none that pay takes', 'write 1 to 64 of A-Z, a-z, 0-9, _ and -'],
    [isNew, '_id is that of another line', 'give it one of its own'],
    [isText(description), 'description is no text, or empty', 'write a sentence in quotes'],
    [
      Number.isSafeInteger(price) && Number(price) >= 1,
      'price is no whole number of fen, at least 1',
      '¥9.90 is 990, without quotes',
    ],
    [
      !('_openid' in item),
      'has an _openid: pay sells nothing that a phone may have written',
      'take it out',
    ],
    [
      pictures.has(/^goods\/(.+)$/s.exec(String(picture))?.[1] ?? ''),
      `picture names no picture of ${STORAGE}`,
      `put a .png, .jpg or .webp there, and write "goods/" and the name of the file`,
    ],
  ]
  const broken = rules.filter(([isRight]) => !isRight)
  return [
    ...nameProblems(where, item).map(({ problem, fix }) => ({ problem, remedy: fix })),
    ...broken.map(([, problem, remedy]) => ({ problem, remedy })),
  ]
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { ...value } : undefined
  } catch {
    return undefined
  }
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''

/** Whether `pay` takes the id in the request for an order. */
function isOrderable(goods_id: unknown): boolean {
  try {
    readRequest({ type: 'unifiedorder', data: { goods_id, key: '0'.repeat(32) } })
    return true
  } catch {
    return false
  }
}
