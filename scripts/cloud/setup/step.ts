/** One thing that the cloud should have, compared with what the cloud has. */
export interface Comparison {
  subject: string
  /** makes the subject as it should be; undefined if it already is */
  change?: Change
  /** what a person should check */
  note?: string
}

export interface Change {
  /** what was done to the subject, as in “created” */
  done: string
  make: () => Promise<void>
}

/** One part of the cloud that is compared with what it should be, and then changed. */
export interface Step {
  title: string
  /** changes nothing */
  compare: () => Promise<Comparison[]>
}

/** How many changes a run made, or a dry run would make, and how many notes it printed. */
export interface Totals {
  changes: number
  notes: number
}

/** A step failed. The message says what it was doing; `cause` is the error. */
export class StepFailure extends Error {
  constructor(where: string, cause: unknown) {
    super(where, { cause })
  }
}

/**
 * Runs the steps in order: each compares, then makes the changes that are needed, one after another,
 * and prints a line for each thing. A dry run only compares.
 * @throws StepFailure at the first failure; the changes before it stay
 */
export async function runSteps(
  steps: readonly Step[],
  { dryRun, print }: { dryRun: boolean; print: (line: string) => void },
): Promise<Totals> {
  const totals = { changes: 0, notes: 0 }
  for (const { title, compare } of steps) {
    print(title)
    for (const { subject, change, note } of await during(title, compare)) {
      if (change === undefined) {
        if (note === undefined) print(`  = ${subject}: unchanged`)
      } else {
        if (!dryRun) await during(`${title}, ${subject}`, change.make)
        print(`  + ${subject}: ${dryRun ? 'would be ' : ''}${change.done}`)
        totals.changes += 1
      }
      if (note !== undefined) {
        print(`  ! ${subject}: ${note}`)
        totals.notes += 1
      }
    }
  }
  return totals
}

/**
 * Runs `work`, and wraps its error.
 * @param where the name of the work, for the message of the failure
 * @throws StepFailure
 */
export async function during<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new StepFailure(where, cause)
  }
}
