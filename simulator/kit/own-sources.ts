import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * The folder of the simulator's own sources, which it bundles for worker threads and for the
 * browser. It is searched from this file's folder upwards, since a command runs as one bundled file
 * in another folder. The folder of the mini program that is simulated is in Project.
 */
export const simulatorFolder = findSimulator(__dirname)

function findSimulator(folder: string): string {
  const candidate = path.join(folder, 'simulator')
  if (existsSync(path.join(candidate, 'cloudbase', 'functions', 'worker', 'main.ts'))) {
    return candidate
  }
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('The sources of the simulator were not found.')
  return findSimulator(parent)
}
