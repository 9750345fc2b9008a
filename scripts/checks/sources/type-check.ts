import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { type Check, errorAt } from '../check'

/** Finds wrong types and missing imports, which DevTools' compilers do not check. */
export const typeCheck: Check = {
  name: 'types',
  run: (root) =>
    ['tsconfig.miniprogram.json', 'cloudfunctions/tsconfig.json'].flatMap((file) =>
      typeErrors(root, file),
    ),
}

function typeErrors(root: string, config: string): Problem[] {
  const program = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const args = ['-p', config, '--noEmit', '--pretty', 'false']
  const { status, stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  const errors = [...stdout.matchAll(/^(.+?)\((\d+),\d+\): error (.*)$/gm)]
  const problems = errors.map(([, file = '', line = '', problem = '']) =>
    errorAt(`${file}:${line}`, problem, 'fix the source; the editor shows the same error'),
  )
  if (status === 0 || problems.length > 0) return problems
  return [errorAt(config, stdout.trim(), 'run npm ci')]
}
