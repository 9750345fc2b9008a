import { checkTemplates, NoTemplateCompiler } from './check-templates'
import { runPackage } from './run-package'

/** Everything that is wrong with the sources without running them; all of it, not the first only. */
const checks: Array<[name: string, check: () => boolean]> = [
  ['types', () => runPackage('typescript', ['-b']) === 0],
  ['lint', () => runPackage('oxlint', ['--type-aware', '--deny-warnings']) === 0],
  ['format', () => runPackage('oxfmt', ['--check']) === 0],
  ['WXML, WXS and WXSS', templates],
]

function templates(): boolean {
  const wrong = complaints()
  wrong.forEach((line) => console.error(line))
  return wrong.length === 0
}

function complaints(): string[] {
  try {
    return checkTemplates()
  } catch (error) {
    if (error instanceof NoTemplateCompiler) return [error.message]
    throw error
  }
}

const failed = checks.filter(([, check]) => !check()).map(([name]) => name)
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
