import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * The folder of the simulator's own sources, which it bundles for worker threads and for the browser.
 * It is searched from this code upwards, since a command runs as one bundled file elsewhere. It says
 * nothing about the program that is run: that is a Project.
 */
export const simulatorFolder = find(__dirname)

function find(folder: string): string {
  const candidate = path.join(folder, 'simulator')
  if (existsSync(path.join(candidate, 'cloudbase', 'functions', 'worker', 'main.ts'))) {
    return candidate
  }
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('The sources of the simulator were not found.')
  return find(parent)
}
