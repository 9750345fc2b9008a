import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ENV_ID, KEY, type StandIn } from '.'
import { type CloudFolder, readCloudFolder } from '../../../scripts/cloud/setup/checkout'
import { setupCloud } from '../../../scripts/cloud/setup/command'
import { APPID } from './management'

/** What TENCENTCLOUD=true spares: the SDK asking the network whether it runs in Tencent's cloud. */
process.env.TENCENTCLOUD = 'true'

/** The environment variables of somebody with the right key. */
export const ENV = {
  TCB_ENV_ID: ENV_ID,
  TENCENTCLOUD_SECRETID: KEY.secretId,
  TENCENTCLOUD_SECRETKEY: KEY.secretKey,
}

/** The folders of the tests of one file. */
const homes: string[] = []
afterAll(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

/** The project's own `cloud/` with two goods only, and a file for import in a folder of its own. */
export function smallFolder(): CloudFolder {
  const folder = readCloudFolder(path.resolve('.'))
  const home = mkdtempSync(path.join(tmpdir(), 'setup-cloud-'))
  homes.push(home)
  const goods = folder.goods.slice(0, 2)
  return {
    ...folder,
    goods,
    pictures: goods.map(({ _id, picture }) => ({ cloudPath: picture, content: Buffer.from(_id) })),
    importFile: path.join(home, 'goods.import.json'),
  }
}

/** Runs the command against the stand-in. */
export async function setUp(
  { urls }: Pick<StandIn, 'urls'>,
  folder: CloudFolder,
  { args = [], env = ENV }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number; output: string }> {
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const checkout = async () => ({ folder, appid: APPID })
  const code = await setupCloud({ args, env, checkout, print, urls })
  return { code, output: lines.join('\n') }
}
