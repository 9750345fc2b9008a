import path from 'node:path'
import { NoTemplateCompiler, templateErrors } from './checks/sources/templates'
import { runCommand } from './command-line/command'
import { runPackage } from './command-line/run-package'

const root = process.cwd()

const CHECK = {
  command: 'npm run check',
  purpose: 'Checks the sources without running them: types, lint, format, and WXML, WXS and WXSS.',
  options: {},
}

const CHECKS: Array<[name: string, check: () => boolean]> = [
  ['types', () => runPackage(root, 'typescript', ['-b']) === 0],
  ['lint', () => runPackage(root, 'oxlint', ['--type-aware', '--deny-warnings']) === 0],
  ['format', () => runPackage(root, 'oxfmt', ['--check']) === 0],
  ['WXML, WXS and WXSS', templates],
]

function templates(): boolean {
  const errors = errorsOfTemplates()
  errors.forEach((line) => console.error(line))
  return errors.length === 0
}

function errorsOfTemplates(): string[] {
  try {
    return templateErrors(path.join(root, 'miniprogram'))
  } catch (error) {
    if (error instanceof NoTemplateCompiler) return [error.message]
    throw error
  }
}

runCommand(CHECK, () => {
  const failed = CHECKS.filter(([, check]) => !check()).map(([name]) => name)
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
  process.exitCode = failed.length === 0 ? 0 : 1
})
