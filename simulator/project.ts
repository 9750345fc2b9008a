import { existsSync } from 'node:fs'
import path from 'node:path'

/** The project's root folder: the nearest one above this code that holds project.config.json. */
export const projectRoot = findRoot(__dirname)

function findRoot(dir: string): string {
  if (existsSync(path.join(dir, 'project.config.json'))) return dir
  const parent = path.dirname(dir)
  if (parent === dir) throw new Error('project.config.json was not found above the simulator')
  return findRoot(parent)
}
