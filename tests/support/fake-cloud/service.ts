import { databaseActions, type Action } from '../../../simulator/cloudbase/admin/database-actions'
import type { CloudEnvironment } from './environment'

/**
 * Returns the actions that the server-side SDK calls: the simulator's own database, and a file
 * storage.
 * @param url returns the address of the fake cloud: files are written and read at
 * `<url>/files/<path>`
 */
export function serviceActions(cloud: CloudEnvironment, url: () => string): Record<string, Action> {
  const prefix = `cloud://${cloud.envId}.${cloud.bucket}/`
  return {
    ...databaseActions(cloud.database, { now: Date.now }),

    'storage.getUploadMetadata': ({ path }) => ({
      data: {
        url: `${url()}/files/${String(path)}`,
        token: 'upload-token',
        authorization: 'upload-authorization',
        fileId: prefix + String(path),
        cosFileId: 'cos-file-id',
      },
    }),

    'storage.batchGetDownloadUrl'({ file_list }) {
      const files = file_list as { fileid: string }[]
      const download_list = files.map(({ fileid: fileID }) => {
        const path = fileID.startsWith(prefix) ? fileID.slice(prefix.length) : ''
        return cloud.files.has(path)
          ? { code: 'SUCCESS', fileID, tempFileURL: `${url()}/files/${path}` }
          : { code: 'STORAGE_FILE_NONEXIST', fileID, tempFileURL: '' }
      })
      return { data: { download_list } }
    },
  }
}
