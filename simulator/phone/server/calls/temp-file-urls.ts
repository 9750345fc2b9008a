import { strings } from '../bad-request'
import type { Caller } from './call'

/** Returns the addresses of stored files for the browser (wx.cloud.getTempFileURL). */
export function tempFileURLs({ fileIDs }: { fileIDs: string[] }, { openid, services }: Caller) {
  return services.cloud.client(openid).tempFileURLs(strings(fileIDs))
}
