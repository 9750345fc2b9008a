import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

const folders: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'mac',
  win32: 'windows',
}

/** WeChat has no wcc and wcsc that run on this machine. */
export class NoTemplateCompiler extends Error {}

/**
 * Runs WeChat's own compilers, wcc and wcsc, over the WXML, WXS and WXSS of a mini program.
 * @returns what they complain about, a line each
 * @throws NoTemplateCompiler
 */
export function checkTemplates(miniprogram = path.join(process.cwd(), 'miniprogram')): string[] {
  const files = readdirSync(miniprogram, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .sort()
  const withExtension = (extension: string) => files.filter((file) => file.endsWith(extension))
  const templates = [...withExtension('.wxml'), ...withExtension('.wxs')]
  const sheets = withExtension('.wxss')
  return [
    ...complaints('wcc', ['-d', '-cc', '0', ...templates, '-gn', '$gwx'], miniprogram),
    ...complaints('wcsc', ['-db', '-pc', '0', ...sheets], miniprogram),
  ]
}

function complaints(compiler: 'wcc' | 'wcsc', args: string[], cwd: string): string[] {
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

function executable(compiler: string): string {
  const name = process.platform === 'win32' ? `${compiler}.exe` : compiler
  const bin = path.join(path.dirname(require.resolve('miniprogram-compiler')), 'bin')
  const file = path.join(bin, folders[process.platform] ?? process.platform, name)
  // the package may be unpacked without the right to execute, which Windows does not know
  if (process.platform !== 'win32' && existsSync(file) && !isExecutable(file))
    chmodSync(file, 0o755)
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
