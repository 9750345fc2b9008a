import type { CloudBase } from '@cloudbase/node-sdk'
import type { Picture } from './checkout'
import type { Environment } from './environment'
import type { Step } from './step'

/** How long reading one picture may take, in ms. */
const TIME_LIMIT = 30_000

/** Uploads the pictures that are missing from the cloud storage, or are different there. */
export function picturesStep(
  app: CloudBase,
  { fileID }: Environment,
  pictures: readonly Picture[],
): Step {
  const compare = async ({ cloudPath, content }: Picture) => {
    if ((await stored(app, fileID(cloudPath)))?.equals(content)) return { subject: cloudPath }
    const make = async () => void (await app.uploadFile({ cloudPath, fileContent: content }))
    return { subject: cloudPath, change: { done: 'uploaded', make } }
  }
  return { title: 'Pictures', compare: () => Promise.all(pictures.map(compare)) }
}

/** Returns the file in cloud storage; undefined when there is none, or it cannot be read. */
async function stored(app: CloudBase, fileID: string): Promise<Buffer | undefined> {
  const { fileList } = await app.getTempFileURL({ fileList: [fileID] })
  const link = fileList[0]
  if (link?.code !== 'SUCCESS') return undefined
  const response = await fetch(link.tempFileURL, { signal: AbortSignal.timeout(TIME_LIMIT) })
  return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined
}
