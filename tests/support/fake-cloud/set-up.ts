import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ENV_ID, KEY, type FakeCloud } from '.'
import { type CloudFolder, readCloudFolder } from '../../../scripts/cloud/setup/checkout'
import { setupCloud } from '../../../scripts/cloud/setup/command'
import { SETUP_CLOUD, setupOptions } from '../../../scripts/cloud/setup/options'
import { readArguments } from '../../../scripts/command-line/command'
import { APPID } from './management'

// Keeps the SDK from asking the network whether it runs in Tencent's cloud
process.env.TENCENTCLOUD = 'true'

/** The environment variables with the right key. */
export const ENV = {
  TCB_ENV_ID: ENV_ID,
  TENCENTCLOUD_SECRETID: KEY.secretId,
  TENCENTCLOUD_SECRETKEY: KEY.secretKey,
}

/** The temporary folders of one test file. */
const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/**
 * Returns the project's own `cloud/` with only two goods, and an import file in a temporary folder.
 */
export function smallFolder(): CloudFolder {
  const folder = readCloudFolder(path.resolve('.'))
  const importFolder = mkdtempSync(path.join(tmpdir(), 'setup-cloud-'))
  folders.push(importFolder)
  const goods = folder.goods.slice(0, 2)
  return {
    ...folder,
    goods,
    pictures: goods.map(({ _id, picture }) => ({ cloudPath: picture, content: Buffer.from(_id) })),
    importFile: path.join(importFolder, 'goods.import.json'),
  }
}

/** Runs setup:cloud against the fake cloud. */
export async function setUp(
  { urls }: Pick<FakeCloud, 'urls'>,
  folder: CloudFolder,
  { args = [], env = ENV }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number; output: string }> {
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const checkout = async () => ({ folder, appid: APPID })
  const options = setupOptions(readArguments(SETUP_CLOUD, args, env).values)
  const plan = async () => folder
  const code = await setupCloud({ options, env, checkout, plan, print, urls })
  return { code, output: lines.join('\n') }
}
