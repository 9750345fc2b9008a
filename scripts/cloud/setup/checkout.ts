import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ProjectError } from '../../../project/diagnostic'
import { readGoods } from '../../../project/goods'
import { readJson } from '../../../project/read-json'
import type { Goods } from '../../../typings/contract'
import { type Check, isProblem, findProblems } from '../../checks/check'
import { checkAppid } from '../../checks/configuration/mini-program'
import { goods, isPicture } from '../../checks/sources/goods'
import { permissions } from '../../checks/sources/permissions'

/** The parts of a checkout that go to the cloud. */
export interface Checkout {
  folder: CloudFolder
  /** the mini program's, from project.config.json */
  appid: string
}

/** The content of `cloud/`: what the cloud should have. */
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

/** What phones may do with a collection. Only the tag CUSTOM has a rule. */
export interface Permission {
  aclTag: string
  rule?: Record<string, boolean | string>
}

/** The fields of an index in their order: 1 ascending, -1 descending. */
export type IndexKeys = Record<string, 1 | -1>

export interface Picture {
  /** its path in cloud storage, such as `goods/tea.png` */
  cloudPath: string
  content: Buffer
}

const PROJECT_CONFIG = 'project.config.json'

/** Checks that the mini program has its own AppID. There is no cloud without one. */
const appid: Check = {
  name: 'AppID',
  run: (root) => checkAppid({ projectConfig: readJson(root, PROJECT_CONFIG) }).filter(isProblem),
}

/**
 * Checks and reads what goes to the cloud.
 * @param root the project's folder
 * @throws ProjectError that lists everything that must not go to the cloud
 */
export async function readCheckout(root: string): Promise<Checkout> {
  await requireAll([appid, permissions, goods], root)
  const config = readJson<{ appid: string }>(root, PROJECT_CONFIG)
  return { folder: readCloudFolder(root), appid: config.appid }
}

/**
 * Checks and reads what should be in the cloud, without the mini program that it is for.
 * @throws ProjectError as `readCheckout` does
 */
export async function readPlan(root: string): Promise<CloudFolder> {
  await requireAll([permissions, goods], root)
  return readCloudFolder(root)
}

/** @throws ProjectError with the problems of all checks */
async function requireAll(checks: Check[], root: string): Promise<void> {
  const problems = await findProblems(checks, root)
  if (problems.length > 0) throw new ProjectError(problems)
}

/**
 * Reads `cloud/`. Its goods must have been checked.
 * @param root the project's folder
 * @throws ProjectError
 */
export function readCloudFolder(root: string): CloudFolder {
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
    importFile: path.join(root, 'cloud', 'database', 'goods.import.json'),
  }
}
