/** What a check says about one thing of the project. Never holds a secret. */
export type Diagnostic =
  | {
      /** `error`: do not go on like this; `warning`: for the developer to decide */
      severity: 'error' | 'warning'
      /** a file of the project (with forward slashes), and the line or key in it */
      where: string
      /** a sentence whose subject is `where` */
      problem: string
      /** what to do about it */
      fix: string
    }
  | { severity: 'ok'; where: string; fact: string }

/** A diagnostic that asks for something to be done. */
export type Problem = Exclude<Diagnostic, { severity: 'ok' }>

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const

/** Formats a diagnostic for the terminal: one line, and how to fix it below. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const mark = MARKS[diagnostic.severity]
  if (diagnostic.severity === 'ok') return `${mark} ${diagnostic.where}: ${diagnostic.fact}`
  return `${mark} ${diagnostic.where}: ${diagnostic.problem}\n    → ${diagnostic.fix}`
}

/** The project cannot be used as it is. The message says what is wrong and how to fix it. */
export class ProjectError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatDiagnostic).join('\n'))
  }
}

/** Creates an error for one file that cannot be used. */
export function projectError(where: string, problem: string, fix: string): ProjectError {
  return new ProjectError([{ severity: 'error', where, problem, fix }])
}
