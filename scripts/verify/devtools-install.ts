import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Fault } from './check'

/** The package of its own that holds WeChat's compiler: 276 MB, which no other command needs. */
export const devtoolsFolder = path.join(process.cwd(), 'scripts', 'devtools')

const COMMAND = 'npm ci --prefix scripts/devtools --ignore-scripts'

/**
 * Installs WeChat's compiler as its lock says, unless it is there.
 * @param folder where its lock is
 * @param npm the npm that runs this: its program needs no shell, as npm.cmd on Windows does
 * @returns what stands in the way
 */
export function installDevtools(
  folder = devtoolsFolder,
  npm = process.env['npm_execpath'] ?? '',
): Fault | undefined {
  if (isInstalled(folder)) return undefined
  console.log(`  installing WeChat's compiler once (276 MB, about a minute): ${COMMAND}`)
  const problem = runNpm(folder, npm)
  if (isInstalled(folder)) return undefined
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
function isInstalled(folder: string): boolean {
  const [wanted, there] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => {
    const file = path.join(folder, name)
    if (!existsSync(file)) return undefined
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock
    return packages['node_modules/miniprogram-ci']?.version
  })
  return there !== undefined && there === wanted
}

/** @returns what npm says is wrong */
function runNpm(folder: string, npm: string): string {
  if (!/npm-cli\.c?js$/.test(npm)) return 'only `npm run` can install it'
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']
  const { stderr, error } = spawnSync(process.execPath, [npm, ...args], { encoding: 'utf8' })
  const errors = stderr.split(/\r?\n/).filter((line) => /^npm (error|ERR!)/.test(line))
  return error?.message ?? errors.slice(0, 3).join('; ')
}
