import { type Diagnostic, formatDiagnostic } from '../../project/diagnostic'
import type { CheckResult } from './check'

/** Formats diagnostics as one list, each with its fix below it. */
export function formatList(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join('\n')
}

/** Formats diagnostics as one list, with how many there are of each severity below it. */
export function formatReport(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  return [
    formatList(diagnostics),
    '',
    `${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}, ${count('ok')} ok`,
  ].join('\n')
}

/** Formats the result of a check: a line with its name, and its problems below. */
export function formatCheck(name: string, result: CheckResult): string {
  if (!Array.isArray(result)) return `– ${name}: not checked. ${result.notChecked}`
  if (result.length === 0) return `✓ ${name}`
  return `✗ ${name}\n${formatList(result).replace(/^/gm, '  ')}`
}

/** Formats how many checks passed, how many failed, and how many could not run. */
export function formatTotals(results: readonly CheckResult[]): string {
  const failed = results.filter(hasFailed).length
  const notChecked = results.filter((result) => !Array.isArray(result)).length
  const passed = results.length - failed - notChecked
  return `${passed} passed, ${failed} failed, ${notChecked} not checked.`
}

/** Returns whether a check found a problem. One that could not run has not failed. */
export const hasFailed = (result: CheckResult) => Array.isArray(result) && result.length > 0
