import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type Check, type CheckResult, errorAt } from '../check'

/** Finds what only WeChat's wcc and wcsc find: wrong expressions, wrong WXS, missing imports. */
export const templates: Check = { name: 'WXML, WXS and WXSS (wcc, wcsc)', run }

/** wcsc prints a count below its errors, and the count is wrong. */
const COUNT = /^error file count: \d+$/

function run(root: string): CheckResult {
  try {
    return templateErrors(path.join(root, 'miniprogram'))
      .filter((line) => !COUNT.test(line))
      .map((problem) => errorAt('miniprogram', problem, 'fix the file that is named'))
  } catch (error) {
    if (error instanceof NoTemplateCompiler) return { notChecked: error.message }
    throw error
  }
}

/** WeChat's wcc or wcsc does not run on this machine. */
export class NoTemplateCompiler extends Error {}

/**
 * Runs WeChat's own compilers, wcc and wcsc, over the WXML, WXS and WXSS of a mini program.
 * @param miniprogram absolute path
 * @returns the lines that they print about errors
 * @throws NoTemplateCompiler
 */
export function templateErrors(miniprogram: string): string[] {
  // Without ./ before it, they do not find a file that another names from the root: /templates/…
  const files = readdirSync(miniprogram, { recursive: true, encoding: 'utf8' })
    .map((file) => `./${file.split(path.sep).join('/')}`)
    .sort()
  const withExtension = (extension: string) => files.filter((file) => file.endsWith(extension))
  const wcc = [...withExtension('.wxml'), ...withExtension('.wxs')]
  const wcsc = withExtension('.wxss')
  return [
    ...compile('wcc', ['-d', '-cc', '0', ...wcc, '-gn', '$gwx'], miniprogram),
    ...compile('wcsc', ['-db', '-pc', '0', ...wcsc], miniprogram),
  ]
}

function compile(compiler: 'wcc' | 'wcsc', args: string[], cwd: string): string[] {
  const { error, status, stderr } = spawnSync(executable(compiler), args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) {
    throw new NoTemplateCompiler(`WeChat's ${compiler} does not run here: ${error.message}`)
  }
  return status === 0 ? [] : stderr.split(/\r?\n/).filter((line) => line.trim() !== '')
}

const FOLDERS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'mac',
  win32: 'windows',
}

function executable(compiler: string): string {
  const name = process.platform === 'win32' ? `${compiler}.exe` : compiler
  const bin = path.join(path.dirname(require.resolve('miniprogram-compiler')), 'bin')
  const file = path.join(bin, FOLDERS[process.platform] ?? process.platform, name)
  // The package may be unpacked without execute permission. Windows has no such permission.
  if (process.platform !== 'win32' && existsSync(file) && !isExecutable(file)) {
    chmodSync(file, 0o755)
  }
  return file
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
