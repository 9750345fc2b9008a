import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const WAIT_MS = 50

/**
 * Fills a folder once in a run of jest: the first caller in any worker does it, the others wait.
 * @returns the folder
 * @throws the error of `fill`; for the others, an error that names the folder
 */
export async function once(name: string, fill: (folder: string) => unknown): Promise<string> {
  const folder = path.join(tmpdir(), 'once', name)
  const [done, failed] = [`${folder}.done`, `${folder}.failed`]
  mkdirSync(path.dirname(folder), { recursive: true })
  if (!isNew(folder)) {
    while (!existsSync(done)) {
      if (existsSync(failed))
        throw new Error(`${name} could not be prepared: see the first failure.`)
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
    return folder
  }
  try {
    await fill(folder)
    writeFileSync(done, '')
  } catch (error) {
    writeFileSync(failed, '')
    throw error
  }
  return folder
}

/** Creates a folder. @returns false if another caller has created it */
function isNew(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
