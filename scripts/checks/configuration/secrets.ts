import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import type { Diagnostic } from '../../../project/diagnostic'
import { errorAt, okAt, warningAt } from '../check'

/** The files of secrets that git has, or would add with the next `git add`. */
export interface GitView {
  tracked: string[]
  notIgnored: string[]
}

const SECRETS = ['*.p12', '*.pem', '*.key', 'cloudfunctions/*/config/*']

/** Lists the files of secrets; undefined where there is no git, or the folder is not a checkout. */
export function readGit(root: string): GitView | undefined {
  const args = [
    'ls-files',
    '-z',
    '-t',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...SECRETS,
  ]
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) return undefined
  const entries = stdout
    .split('\0')
    .map((entry) => ({ untracked: entry.startsWith('? '), file: entry.slice('? '.length) }))
    .filter(({ file }) => file !== '' && path.posix.basename(file) !== 'example.js')
  return {
    tracked: entries.filter(({ untracked }) => !untracked).map(({ file }) => file),
    notIgnored: entries.filter(({ untracked }) => untracked).map(({ file }) => file),
  }
}

/** Checks that keys and certificates are not in git. */
export function checkGit({ git }: { git: GitView | undefined }): Diagnostic[] {
  if (!git) {
    const fix = 'run this in the git checkout, with git installed, before you share the sources'
    return [warningAt('git', 'does not run here: it was not searched for secrets', fix)]
  }
  const problems = [
    ...git.tracked.map((file) =>
      errorAt(
        file,
        'is in git: this secret is known to all who have the sources',
        `git rm --cached ${file}; if it ever left this computer, get a new key and a new certificate too (pay.weixin.qq.com: 账户中心 → API安全 → APIv2密钥, and 商户API证书 → 申请新证书)`,
      ),
    ),
    ...git.notIgnored.map((file) =>
      errorAt(
        file,
        'is not ignored by git: the next `git add` adds it',
        'move it out of the checkout, or restore the lines of .gitignore that name such files',
      ),
    ),
  ]
  return problems.length > 0 ? problems : [okAt('git', 'holds no keys and no certificates')]
}

/** Returns those of the files that every user of this computer can read. */
export const readableByAll = (files: string[]) => files.filter((file) => openToAll(modesOf(file)))

/** Returns the POSIX modes of a file and of all folders above it. Empty on Windows. */
function modesOf(file: string): number[] {
  if (process.platform === 'win32') return []
  const above = path.dirname(file)
  const folders = above === file ? [] : modesOf(above)
  return [statSync(file).mode, ...folders]
}

const OTHERS_READ = 0o004
const OTHERS_ENTER = 0o001

/** Returns whether every user of the computer can reach and read a file with these modes. */
export function openToAll([file, ...folders]: number[]): boolean {
  if (file === undefined) return false
  return (file & OTHERS_READ) !== 0 && folders.every((mode) => (mode & OTHERS_ENTER) !== 0)
}

/**
 * Warns of files of secrets that every user can read. The fix closes the checkout, not the files:
 * they are uploaded with their modes, and the functions may run as another user.
 */
export function checkExposure({
  root,
  exposed,
}: {
  root: string
  exposed: string[]
}): Diagnostic[] {
  return exposed.map((file) =>
    warningAt(file, 'can be read by every user of this computer', `chmod 700 ${root}`),
  )
}
