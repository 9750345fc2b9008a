import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../../../project/diagnostic'
import { errorAt } from '../check'

const COMMAND = 'npm ci --prefix scripts/devtools --ignore-scripts'

/**
 * Installs WeChat's compiler from its lock, unless it is installed. It has its own package.json,
 * because no other command needs its 276 MB.
 * @param folder scripts/devtools, which has the lock
 * @param npm npm's program file, which runs without a shell, unlike npm.cmd
 * @returns why it could not be installed
 */
export function installDevtools(
  folder: string,
  npm = process.env['npm_execpath'] ?? '',
): Problem | undefined {
  if (isInstalled(folder)) return undefined
  console.log(`  installing WeChat's compiler once (276 MB, about a minute): ${COMMAND}`)
  const why = runNpm(folder, npm)
  if (isInstalled(folder)) return undefined
  return errorAt(
    'scripts/devtools',
    `WeChat's compiler is not installed: ${why}`,
    `with a network, run ${COMMAND}`,
  )
}

interface Lock {
  packages: Record<string, { version?: string } | undefined>
}

/** npm writes its own lock into node_modules last: when it is there, everything is. */
function isInstalled(folder: string): boolean {
  const [wanted, present] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => {
    const file = path.join(folder, name)
    if (!existsSync(file)) return undefined
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock
    return packages['node_modules/miniprogram-ci']?.version
  })
  return present !== undefined && present === wanted
}

/** @returns the errors that npm prints */
function runNpm(folder: string, npm: string): string {
  if (!/npm-cli\.c?js$/.test(npm)) return 'only `npm run` can install it'
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']
  const { stderr, error } = spawnSync(process.execPath, [npm, ...args], { encoding: 'utf8' })
  const errors = stderr.split(/\r?\n/).filter((line) => /^npm (error|ERR!)/.test(line))
  return error?.message ?? errors.slice(0, 3).join('; ')
}
