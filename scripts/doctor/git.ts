import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { doubtful, right, wrong, type Finding } from './finding'

/** The files of secrets that git knows of, or would take with the next `git add`. */
export interface GitView {
  tracked: string[]
  notIgnored: string[]
}

const SECRETS = ['*.p12', '*.pem', '*.key', 'cloudfunctions/*/config/*']

/** Undefined where there is no git, or the folder is no checkout of it. */
export function readGit(folder: string): GitView | undefined {
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
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
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

/** Keys and certificates are never in git: who has the history has the shop's money. */
export function checkGit({ git }: { git: GitView | undefined }): Finding[] {
  if (!git) {
    const mend = 'run this in the git checkout, with git installed, before you share the sources'
    return [doubtful('git', 'does not answer here: secrets in it were not looked for', mend)]
  }
  const findings = [
    ...git.tracked.map((file) =>
      wrong(
        file,
        'is in git: whoever has the sources has this secret',
        `git rm --cached ${file}; if it ever left this computer, get a new key and a new certificate too (pay.weixin.qq.com: 账户中心 → API安全 → APIv2密钥, and 商户API证书 → 申请新证书)`,
      ),
    ),
    ...git.notIgnored.map((file) =>
      wrong(
        file,
        'is not ignored by git: the next `git add` takes it in',
        `move it out of the checkout, or restore the lines of .gitignore that name such files`,
      ),
    ),
  ]
  return findings.length > 0 ? findings : [right('git', 'holds no keys and no certificates')]
}
