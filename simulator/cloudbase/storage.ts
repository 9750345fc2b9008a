import { existsSync } from 'node:fs'
import path from 'node:path'

/** A folder and a file name in it: no deeper folder, and no path traversal on any system. */
const CLOUD_PATH = /^([\w-]+)\/(\w[\w-]*(?:\.\w+)?)$/

/** The validity that is reported for a link, in seconds. */
export const LINK_MAX_AGE = 86_400

export interface StorageOptions {
  envId: string
  bucket: string
  /** first folder of a path in cloud storage → absolute path of the folder with its files */
  folders: Readonly<Record<string, string>>
  /** Returns the URL of a file for browsers. */
  publicUrl: (fileID: string) => string
}

/** Simulates CloudBase's file storage, read-only. */
export class Storage {
  readonly #options: StorageOptions
  readonly #prefix: string

  constructor(options: StorageOptions) {
    this.#options = options
    this.#prefix = `cloud://${options.envId}.${options.bucket}/`
  }

  /** Returns the id of a file such as `goods/tea.png` in this environment. */
  fileID(cloudPath: string): string {
    return this.#prefix + cloudPath
  }

  /** Returns the file's absolute path on this machine; `undefined` when there is no such file. */
  fileOf(fileID: string): string | undefined {
    if (!fileID.startsWith(this.#prefix)) return undefined
    const [, first = '', name = ''] = CLOUD_PATH.exec(fileID.slice(this.#prefix.length)) ?? []
    const { folders } = this.#options
    const folder = Object.hasOwn(folders, first) ? folders[first] : undefined
    if (folder === undefined) return undefined
    const file = path.join(folder, name)
    return existsSync(file) ? file : undefined
  }

  /** Returns a link to the file; `undefined` when there is no such file. */
  linkTo(fileID: string): string | undefined {
    return this.fileOf(fileID) === undefined ? undefined : this.#options.publicUrl(fileID)
  }
}
