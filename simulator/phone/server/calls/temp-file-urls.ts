import { strings } from '../bad-request'
import type { Caller } from './call'

/** Returns where a browser gets stored files from (wx.cloud.getTempFileURL). */
export function tempFileURLs({ fileIDs }: { fileIDs: string[] }, { openid, services }: Caller) {
  return services.cloud.client(openid).tempFileURLs(strings(fileIDs))
}
