import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readGoods } from '../../project/goods'
import type { Goods } from '../../typings/contract'
import { readJson } from '../verify/files'
import { isPicture } from '../verify/goods'

/** Who may do what with a collection from a phone; a rule only goes with the tag CUSTOM. */
export interface Permission {
  aclTag: string
  rule?: Record<string, boolean | string>
}

/** The fields of an index in their order: 1 ascending, -1 descending. */
export type IndexKeys = Record<string, 1 | -1>

export interface Picture {
  /** where it stands in cloud storage, such as `goods/tea.png` */
  cloudPath: string
  content: Buffer
}

/** What `cloud/` says that the cloud should have. */
export interface CloudFolder {
  /** by collection: every collection is named here */
  permissions: Record<string, Permission>
  /** by collection */
  indexes: Record<string, IndexKeys[]>
  /** each picture is a path in cloud storage, since file ids differ between environments */
  goods: Goods[]
  pictures: Picture[]
  /** where the goods with file ids are written, for import by hand */
  importFile: string
}

/**
 * @param root the project's folder, whose goods verify finds right
 * @throws UnreadableFile
 */
export function readCloudFolder(root: string): CloudFolder {
  const database = path.join(root, 'cloud', 'database')
  const storage = path.join(root, 'cloud', 'storage')
  const pictures = readdirSync(storage).filter(isPicture)
  return {
    permissions: readJson(root, 'cloud/database/permissions.json'),
    indexes: readJson(root, 'cloud/database/indexes.json'),
    goods: readGoods(root),
    pictures: pictures.sort().map((file) => ({
      cloudPath: `goods/${file}`,
      content: readFileSync(path.join(storage, file)),
    })),
    importFile: path.join(database, 'goods.import.json'),
  }
}
