import { type Diagnostic, type Problem, ProjectError } from '../../project/diagnostic'

/** Why a check cannot run on this machine: it has neither passed nor failed. */
export interface NotChecked {
  notChecked: string
}

/** The problems that a check found, none when it passed. */
export type CheckResult = Problem[] | NotChecked

/** One question about the project that can be answered without account and network. */
export interface Check {
  name: string
  /**
   * @param root the project's folder, or that of a copy
   * @throws ProjectError for a file that the check needs and cannot read
   */
  run(root: string): CheckResult | Promise<CheckResult>
}

/** Runs a check; a file that it cannot read is its only problem. */
export async function runCheck(check: Check, root: string): Promise<CheckResult> {
  try {
    return await check.run(root)
  } catch (error) {
    if (error instanceof ProjectError) return [...error.problems]
    throw error
  }
}

/** Returns the problems of several checks. One that cannot run on this machine has none. */
export async function findProblems(checks: readonly Check[], root: string): Promise<Problem[]> {
  const results = await Promise.all(checks.map((check) => runCheck(check, root)))
  return results.flatMap((result) => (Array.isArray(result) ? result : []))
}

/** Creates a diagnostic for something that is right. */
export const okAt = (where: string, fact: string): Diagnostic => ({ severity: 'ok', where, fact })

/** Creates a diagnostic that leaves it to the developer whether to change something. */
export const warningAt = (where: string, problem: string, fix: string): Problem => ({
  severity: 'warning',
  where,
  problem,
  fix,
})

/** Creates a diagnostic for something that must be fixed before the shop is deployed. */
export const errorAt = (where: string, problem: string, fix: string): Problem => ({
  severity: 'error',
  where,
  problem,
  fix,
})

export const isError = ({ severity }: Diagnostic) => severity === 'error'

export const isProblem = (diagnostic: Diagnostic): diagnostic is Problem =>
  diagnostic.severity !== 'ok'
