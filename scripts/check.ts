import path from 'node:path'
import { NoTemplateCompiler, templateErrors } from './checks/sources/templates'
import { runPackage } from './command-line/run-package'

const root = process.cwd()

/** `npm run check`: checks the sources without running them. */
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

const failed = CHECKS.filter(([, check]) => !check()).map(([name]) => name)
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
