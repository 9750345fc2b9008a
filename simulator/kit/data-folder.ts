import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Something about the data folder that a person must mend; the message says what and how. */
export class DataFolderError extends Error {}

/**
 * Takes the folder in which a simulator keeps its state, so that no second one writes to it.
 * @returns gives the folder free
 * @throws DataFolderError when it cannot be written or another simulator that runs has it
 */
export function takeDataFolder(folder: string): () => void {
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

/** What lies in a data folder. */
export const dataFiles = {
  database: 'cloudbase.journal',
  ledger: 'wechat-pay.journal',
  merchant: 'merchant',
}

/**
 * Forgets the state of every earlier run; what else lies in the folder stays.
 * @throws DataFolderError as takeDataFolder does
 */
export function clearDataFolder(folder: string): void {
  const giveBack = takeDataFolder(folder)
  try {
    for (const name of Object.values(dataFiles)) {
      rmSync(path.join(folder, name), { recursive: true, force: true })
    }
  } catch (error) {
    throw new DataFolderError(`The data in ${folder} cannot be removed (${String(error)}).`)
  } finally {
    giveBack()
  }
}

/** The process that wrote the file, if it still runs; a simulator that was killed leaves its file. */
function runningOwner(file: string): number | undefined {
  let pid: number
  try {
    pid = Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined
  try {
    process.kill(pid, 0) // asks only: nothing is sent
    return pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined
  }
}
