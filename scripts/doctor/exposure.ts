import { statSync } from 'node:fs'
import path from 'node:path'
import { doubtful, type Finding } from './finding'

const OTHERS_READ = 0o004
const OTHERS_ENTER = 0o001

/** POSIX modes: the file's own, then those of all folders above it. Empty on Windows. */
export function modesOf(file: string): number[] {
  if (process.platform === 'win32') return []
  const above = path.dirname(file)
  const folders = above === file ? [] : modesOf(above)
  return [statSync(file).mode, ...folders]
}

/** Whether every user of the computer can reach and read a file with these modes. */
export function openToAll([file, ...folders]: number[]): boolean {
  if (file === undefined) return false
  return (file & OTHERS_READ) !== 0 && folders.every((mode) => (mode & OTHERS_ENTER) !== 0)
}

/**
 * The remedy closes the checkout, not the files: their modes go with them to the cloud, where
 * another user may have to read them.
 */
export function checkExposure({
  folder,
  exposed,
}: {
  folder: string
  exposed: string[]
}): Finding[] {
  return exposed.map((file) =>
    doubtful(file, 'can be read by every user of this computer', `chmod 700 ${folder}`),
  )
}
