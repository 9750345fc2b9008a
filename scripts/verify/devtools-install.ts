import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../../simulator/project'
import type { Fault } from './check'

/** The package of its own that holds WeChat's compiler: 276 MB, which no other command needs. */
export const devtoolsFolder = path.join(projectRoot, 'scripts', 'devtools')

const COMMAND = 'npm ci --prefix scripts/devtools --ignore-scripts'

/** Installs WeChat's compiler, as its lock says, unless it is there; what stands in the way. */
export function installDevtools(): Fault | undefined {
  if (isInstalled()) return undefined
  console.log(`  installing WeChat's compiler once (276 MB, about a minute): ${COMMAND}`)
  const problem = runNpm()
  if (isInstalled()) return undefined
  return {
    file: 'scripts/devtools',
    problem: `WeChat's compiler is not installed: ${problem}`,
    remedy: `with a network, run ${COMMAND}`,
  }
}

interface Lock {
  packages: Record<string, { version?: string } | undefined>
}

/** npm writes its own lock into node_modules last: when it is there, everything is. */
function isInstalled(): boolean {
  const compiler = 'node_modules/miniprogram-ci'
  const [wanted, there] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => {
    const file = path.join(devtoolsFolder, name)
    if (!existsSync(file)) return undefined
    return (JSON.parse(readFileSync(file, 'utf8')) as Lock).packages[compiler]?.version
  })
  return there !== undefined && there === wanted
}

/** @returns npm's last words */
function runNpm(): string {
  // The npm that runs this; it needs no shell, as npm.cmd would on Windows.
  const npm = process.env['npm_execpath']
  if (npm === undefined || !/npm-cli\.c?js$/.test(npm)) return 'only `npm run` can install it'
  const args = ['ci', '--prefix', devtoolsFolder, '--ignore-scripts', '--no-audit', '--no-fund']
  const { stderr, error } = spawnSync(process.execPath, [npm, ...args], { encoding: 'utf8' })
  return error?.message ?? stderr.trim().split(/\r?\n/).slice(0, 3).join('; ')
}
