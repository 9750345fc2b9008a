import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openProject, type Project } from '../../project/project'

/** A project in a temporary folder, with one function, `shop`. */
export interface SmallProject extends Project {
  remove(): void
}

/** @param source the text of cloudfunctions/shop/src/index.ts */
export function smallProject(source: string): SmallProject {
  const root = mkdtempSync(path.join(tmpdir(), 'small-project-'))
  const src = path.join(root, 'cloudfunctions', 'shop', 'src')
  mkdirSync(src, { recursive: true })
  writeFileSync(path.join(src, 'index.ts'), source)
  writeFileSync(path.join(root, 'project.config.json'), '{}')
  return { ...openProject(root), remove: () => rmSync(root, { recursive: true, force: true }) }
}
