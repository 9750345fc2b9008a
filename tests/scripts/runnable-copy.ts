import { cpSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const SOURCES = [
  'cloud',
  'cloudfunctions',
  'miniprogram',
  'project',
  'scripts',
  'simulator',
  'typings',
]
const SETTINGS = ['cloudbaserc.json', 'package.json', 'project.config.json', 'simulator.json']

/** Copies the project to a temporary folder, so that `npm start` can run on changed sources. */
export function runnableCopy(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'runnable-copy-'))
  const filter = (source: string) => path.basename(source) !== 'node_modules'
  for (const name of [...SOURCES, ...SETTINGS]) {
    cpSync(name, path.join(copy, name), { recursive: true, filter })
  }
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'), 'junction')
  return copy
}
