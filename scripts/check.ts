import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../simulator/project'
import { checkTemplates } from './check-templates'

/** Everything that is wrong with the sources without running them; all of it, not the first only. */
const checks: Array<[name: string, check: () => boolean]> = [
  ['types', () => run('typescript', 'tsc', ['-b'])],
  ['lint', () => run('oxlint', 'oxlint', ['--type-aware', '--deny-warnings'])],
  ['format', () => run('oxfmt', 'oxfmt', ['--check'])],
  ['WXML, WXS and WXSS', templates],
]

/** Runs a package's own program with this Node, so that no shell is needed on any platform. */
function run(packageName: string, program: string, args: string[]): boolean {
  const folder = path.join(projectRoot, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    bin: Record<string, string>
  }
  const script = path.join(folder, bin[program]!)
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
  })
  return status === 0
}

function templates(): boolean {
  const wrong = checkTemplates()
  wrong.forEach((line) => console.error(line))
  return wrong.length === 0
}

const failed = checks.filter(([, check]) => !check()).map(([name]) => name)
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
