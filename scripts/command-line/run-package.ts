import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Runs a package's own program with this Node, so that no shell is needed on any platform.
 * @param root the project's folder, in which it runs
 * @param env variables for the program, in addition to this process's environment
 * @returns the exit code
 */
export function runPackage(
  root: string,
  name: string,
  args: string[],
  env: Record<string, string> = {},
): number {
  const folder = path.join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
  }
  const program = typeof bin === 'string' ? bin : Object.values(bin)[0]!
  const { status } = spawnSync(process.execPath, [path.join(folder, program), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  return status ?? 1
}
