import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../simulator/project'
import { readCloudFolder } from './setup-cloud/cloud-folder'
import { setupCloud } from './setup-cloud/command'

/** `npm run setup:cloud`: collections, permissions, indexes, pictures and goods in the cloud. */
async function main(): Promise<void> {
  process.exitCode = await setupCloud({
    args: process.argv.slice(2),
    env: process.env,
    folder: readCloudFolder(path.join(projectRoot, 'cloud')),
    appid: ownAppid(),
    print: (line) => console.log(line),
  })
}

/** `touristappid` stands for no mini program at all. */
function ownAppid(): string | undefined {
  const file = path.join(projectRoot, 'project.config.json')
  const { appid } = JSON.parse(readFileSync(file, 'utf8')) as { appid?: string }
  return appid === 'touristappid' ? undefined : appid
}

void main()
