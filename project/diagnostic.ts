/** The result of one check of the project. Never contains a secret. */
export type Diagnostic =
  | {
      /** `error`: must be fixed; `warning`: the developer decides */
      severity: 'error' | 'warning'
      /** a file of the project (with forward slashes), and a line or key in it */
      where: string
      /** completes a sentence that begins with `where` */
      problem: string
      /** how to fix it */
      fix: string
    }
  | { severity: 'ok'; where: string; fact: string }

/** A diagnostic that is not `ok`. */
export type Problem = Exclude<Diagnostic, { severity: 'ok' }>

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const

/** Formats a diagnostic for the terminal: one line, and below it how to fix a problem. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const mark = MARKS[diagnostic.severity]
  if (diagnostic.severity === 'ok') return `${mark} ${diagnostic.where}: ${diagnostic.fact}`
  return `${mark} ${diagnostic.where}: ${diagnostic.problem}\n    → ${diagnostic.fix}`
}

/** The project has errors. The message lists them and how to fix them. */
export class ProjectError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatDiagnostic).join('\n'))
  }
}

/** Creates an error with one problem. */
export function projectError(where: string, problem: string, fix: string): ProjectError {
  return new ProjectError([{ severity: 'error', where, problem, fix }])
}
