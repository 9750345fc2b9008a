import { callServer, CallFailure } from '../server'
import { type Options, settle } from '../wx/async-api'
import { database } from './database'

let initialised = false

/** `wx.cloud` */
export const cloudApi = {
  init: () => {
    initialised = true
  },
  database: () => {
    requireInit()
    return database()
  },
  callFunction: (options: Options) => settle(options, callFunction(options)),
  getTempFileURL: (options: Options) => settle(options, getTempFileURL(options)),
}

async function callFunction({ name, data }: Options) {
  requireInit()
  return callServer('callFunction', { name: String(name), data: data ?? {} })
}

async function getTempFileURL({ fileList }: Options) {
  requireInit()
  const files: unknown[] = Array.isArray(fileList) ? fileList : []
  const fileIDs = files.map((file) => (isNamed(file) ? file.fileID : String(file)))
  return callServer('tempFileURLs', { fileIDs })
}

function isNamed(file: unknown): file is { fileID: string } {
  return typeof file === 'object' && file !== null && 'fileID' in file
}

function requireInit(): void {
  if (initialised) return
  throw new CallFailure(-1, "Cloud API isn't enabled, please call wx.cloud.init first")
}
