import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A problem with the data folder that a person must fix; the message says what it is and how. */
export class DataFolderError extends Error {}

/**
 * Locks the folder in which a simulator keeps its state, so that no second one writes to it.
 * @returns a function that unlocks the folder
 * @throws DataFolderError when it cannot be written or another running simulator has locked it
 */
export function lockDataFolder(folder: string): () => void {
  const file = path.join(folder, 'running')
  try {
    mkdirSync(folder, { recursive: true })
    const owner = runningOwner(file)
    if (owner !== undefined) {
      throw new DataFolderError(
        `Another simulator (process ${owner}) is using ${folder}: stop it first. ` +
          `If that process is something else, delete ${file}.`,
      )
    }
    rmSync(file, { force: true })
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (error instanceof DataFolderError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new DataFolderError(`The data folder ${folder} cannot be written (${why}).`)
  }
  return () => rmSync(file, { force: true })
}

/** The files and folders that a simulator keeps in its data folder. */
export const DATA_FILES = {
  database: 'cloudbase.journal',
  ledger: 'wechat-pay.journal',
  merchant: 'merchant',
}

/**
 * Deletes the state of every earlier run; other files in the folder stay.
 * @throws DataFolderError as lockDataFolder does
 */
export function clearDataFolder(folder: string): void {
  const unlock = lockDataFolder(folder)
  try {
    for (const name of Object.values(DATA_FILES)) {
      rmSync(path.join(folder, name), { recursive: true, force: true })
    }
  } catch (error) {
    throw new DataFolderError(`The data in ${folder} cannot be removed (${String(error)}).`)
  } finally {
    unlock()
  }
}

/**
 * Returns the process that wrote the lock file, if it still runs. A simulator that was killed
 * leaves its file behind.
 */
function runningOwner(file: string): number | undefined {
  let pid: number
  try {
    pid = Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined
  try {
    process.kill(pid, 0) // Signal 0 only checks that the process exists
    return pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined
  }
}
