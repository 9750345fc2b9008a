import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Goods } from '../../typings/contract'

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

/** @throws Error for a file that is missing or is not JSON */
export function readCloudFolder(folder: string): CloudFolder {
  const database = path.join(folder, 'database')
  const storage = path.join(folder, 'storage')
  const read = (file: string) => readFileSync(path.join(database, file), 'utf8')
  const lines = read('goods.json').split('\n')
  const pictures = readdirSync(storage).filter((file) => file.endsWith('.png'))
  return {
    permissions: JSON.parse(read('permissions.json')) as CloudFolder['permissions'],
    indexes: JSON.parse(read('indexes.json')) as CloudFolder['indexes'],
    goods: lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Goods),
    pictures: pictures.sort().map((file) => ({
      cloudPath: `goods/${file}`,
      content: readFileSync(path.join(storage, file)),
    })),
    importFile: path.join(database, 'goods.import.json'),
  }
}
