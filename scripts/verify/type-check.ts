import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Check, Fault } from './check'

/** What DevTools' compilers do not look at: types, and whether what is imported is there. */
export const typeCheck: Check = {
  name: 'types',
  run: (root) =>
    ['tsconfig.miniprogram.json', 'cloudfunctions/tsconfig.json'].flatMap((file) =>
      typeErrors(root, file),
    ),
}

function typeErrors(root: string, config: string): Fault[] {
  const program = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const args = ['-p', config, '--noEmit', '--pretty', 'false']
  const { status, stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  const errors = [...stdout.matchAll(/^(.+?)\((\d+),\d+\): error (.*)$/gm)]
  const faults = errors.map(([, file = '', line = '', problem = '']) => ({
    file: `${file}:${line}`,
    problem,
    remedy: 'mend the source; the editor shows the same',
  }))
  if (status === 0 || faults.length > 0) return faults
  return [{ file: config, problem: stdout.trim(), remedy: 'run npm ci' }]
}
