import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Goods } from '../typings/contract'
import { projectRoot } from './project'

/**
 * The goods of cloud/database/goods.json, one JSON object a line; each `picture` is a path in cloud
 * storage, since file ids differ between environments.
 * @param root the project's folder, or that of a copy
 */
export function readGoods(root = projectRoot): Goods[] {
  return readFileSync(path.join(root, 'cloud', 'database', 'goods.json'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Goods)
}
