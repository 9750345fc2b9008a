import { existsSync } from 'node:fs'
import path from 'node:path'

/** A folder and a file's name in it: no further folder, nothing that leads elsewhere on any system. */
const CLOUD_PATH = /^([\w-]+)\/(\w[\w-]*(?:\.\w+)?)$/

/** How long a link is said to be good for, in seconds. */
export const LINK_MAX_AGE = 86_400

export interface StorageOptions {
  envId: string
  bucket: string
  /** first folder of a path in cloud storage → absolute path of the folder with its files */
  folders: Readonly<Record<string, string>>
  /** where a browser gets the file from */
  publicUrl: (fileID: string) => string
}

/** CloudBase's file storage, read only. */
export class Storage {
  readonly #options: StorageOptions
  readonly #prefix: string

  constructor(options: StorageOptions) {
    this.#options = options
    this.#prefix = `cloud://${options.envId}.${options.bucket}/`
  }

  /** The id under which a file such as `goods/tea.png` is known in this environment. */
  fileID(cloudPath: string): string {
    return this.#prefix + cloudPath
  }

  /** The absolute path of the file on this machine; `undefined` when there is no such file. */
  fileOf(fileID: string): string | undefined {
    if (!fileID.startsWith(this.#prefix)) return undefined
    const [, first = '', name = ''] = CLOUD_PATH.exec(fileID.slice(this.#prefix.length)) ?? []
    const { folders } = this.#options
    const folder = Object.hasOwn(folders, first) ? folders[first] : undefined
    if (folder === undefined) return undefined
    const file = path.join(folder, name)
    return existsSync(file) ? file : undefined
  }

  /** A link to the file; `undefined` when there is no such file. */
  linkTo(fileID: string): string | undefined {
    return this.fileOf(fileID) === undefined ? undefined : this.#options.publicUrl(fileID)
  }
}
